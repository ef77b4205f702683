package io.docrows.spark.command;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The session of this process, which begins when it is first needed: a wrong option costs no cluster. */
final class Sessions {

    private Sessions() {}

    /** The session that spark-submit describes; without it, one on all processors of this machine. */
    static SparkSession session() {
        SparkSession.Builder builder = SparkSession.builder();
        SparkConf given = new SparkConf();
        if (!given.contains("spark.master")) {
            builder.master("local[*]");
        }
        if (!given.contains("spark.app.name")) {
            builder.appName("docrows");
        }
        return builder.getOrCreate();
    }
}
