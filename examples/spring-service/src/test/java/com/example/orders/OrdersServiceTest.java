package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.docrows.embedded.MongoServer;
import io.docrows.embedded.PostgresServer;
import io.docrows.spring.PipelineRunner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service, on embedded servers. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OrdersServiceTest {

    private static final PostgresServer POSTGRES = PostgresServer.temporary();
    private static final MongoServer MONGO = MongoServer.startWithOplog();

    @Autowired
    private PipelineRunner runner;

    @Autowired
    private JdbcTemplate database;

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", POSTGRES::jdbcUrl);
        registry.add("spring.datasource.username", POSTGRES::user);
        registry.add("spring.datasource.password", POSTGRES::password);
        registry.add("docrows.source", () -> MONGO.connectionString() + "/shop");
        registry.add("docrows.run.cron", () -> "-");
    }

    @AfterAll
    static void stop() {
        MONGO.close();
        POSTGRES.close();
    }

    @Test
    void ordersArriveWithTheirItems() throws Exception {
        try (MongoClient client = MongoClients.create(MONGO.connectionString())) {
            MongoDatabase shop = client.getDatabase("shop");
            ObjectId customer = new ObjectId();
            shop.getCollection("customers").insertOne(new Document("_id", customer).append("email", "ann@example.com"));
            shop.getCollection("orders")
                    .insertOne(new Document("customer", customer)
                            .append("placedAt", new Date())
                            .append("items", List.of(item("pen", 2, "1.50"), item("ink", 1, "7.25"))));

            runner.run("orders");

            assertThat(database.queryForList(
                            "SELECT sku FROM order_items JOIN orders o ON o.id = order_id"
                                    + " JOIN customers c ON c.id = customer_id ORDER BY line",
                            String.class))
                    .containsExactly("pen", "ink");

            shop.getCollection("orders")
                    .updateOne(new Document(), new Document("$set", new Document("items.1.quantity", 3)));
            assertThat(ask("POST", "/actuator/docrows/orders")).contains("\"started\":true");
            while (runner.isActive("orders")) {
                Thread.onSpinWait();
            }
            assertThat(database.queryForObject("SELECT quantity FROM order_items WHERE sku = 'ink'", Integer.class))
                    .isEqualTo(3);
        }
        assertThat(ask("GET", "/actuator/health/docrows")).contains("\"status\":\"UP\"", "\"unchanged\":1");
        assertThat(ask("GET", "/actuator/docrows")).contains("\"openRejects\":0", "\"state\":\"COMPLETED\"");
        assertThat(ask("GET", "/actuator/metrics/docrows.runs")).contains("\"value\":2.0");
        followed();
    }

    /** As with FOLLOW=true: whatever happens from now on arrives by itself. */
    private void followed() throws Exception {
        assertThat(runner.follow("orders")).isTrue();
        while (runner.following("orders").isEmpty()) {
            Thread.onSpinWait();
        }
        try (MongoClient client = MongoClients.create(MONGO.connectionString())) {
            client.getDatabase("shop").getCollection("orders").deleteMany(new Document());
        }
        while (database.queryForObject("SELECT count(*) FROM orders", Integer.class) > 0) {
            Thread.onSpinWait();
        }
        assertThat(ask("GET", "/actuator/health/docrows")).contains("\"lagSeconds\":");
        assertThat(ask("GET", "/actuator/metrics/docrows.follow.lag")).contains("seconds");
        assertThat(runner.cancel("orders")).isTrue();
    }

    private static Document item(String sku, int quantity, String price) {
        return new Document("sku", sku).append("quantity", quantity).append("price", Decimal128.parse(price));
    }

    private String ask(String method, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
