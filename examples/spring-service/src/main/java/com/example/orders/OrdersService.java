package com.example.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service: Docrows' starter does the rest. */
@SpringBootApplication
public class OrdersService {

    public static void main(String[] args) {
        SpringApplication.run(OrdersService.class, args);
    }
}
