package io.docrows.scaffold.internal.write;

import org.jooq.Constants;

/** The pom of a project. */
final class PomFile {

    /** Versions of what builds it: those with which Docrows itself is built, which a test holds. */
    static final String COMPILER = "3.14.1";

    static final String DEPENDENCY = "3.11.0";
    static final String JAR = "3.4.2";
    static final String JUNIT = "6.1.3";
    static final String RESOURCES = "3.3.1";
    static final String SUREFIRE = "3.5.4";

    private static final String REPOSITORIES = """
              <!-- Docrows itself, as long as it is not published: the files are in this project. -->
              <repositories>
                <repository>
                  <id>docrows</id>
                  <url>${project.baseUri}repository</url>
                </repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository>
                  <id>docrows</id>
                  <url>${project.baseUri}repository</url>
                </pluginRepository>
              </pluginRepositories>

            """;

    private static final String POM = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
              <modelVersion>4.0.0</modelVersion>

              <groupId>@GROUP@</groupId>
              <artifactId>@ARTIFACT@</artifactId>
              <version>1.0-SNAPSHOT</version>

              <properties>
                <docrows.version>@DOCROWS@</docrows.version>
                <jooq.version>@JOOQ@</jooq.version>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>

              <dependencyManagement>
                <dependencies>
                  <dependency>
                    <groupId>io.docrows</groupId>
                    <artifactId>etl-bom</artifactId>
                    <version>${docrows.version}</version>
                    <type>pom</type>
                    <scope>import</scope>
                  </dependency>
                </dependencies>
              </dependencyManagement>

              <dependencies>
                <!-- The command line, and with it the library that loads. -->
                <dependency>
                  <groupId>io.docrows</groupId>
                  <artifactId>etl-cli</artifactId>
                </dependency>
                <dependency>
                  <groupId>org.junit.jupiter</groupId>
                  <artifactId>junit-jupiter</artifactId>
                  <version>@JUNIT@</version>
                  <scope>test</scope>
                </dependency>
              </dependencies>

            @REPOSITORIES@  <build>
                <plugins>
                  <plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>@COMPILER@</version>
                  </plugin>
                  <!-- What ./etl runs with. -->
                  <plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-dependency-plugin</artifactId>
                    <version>@DEPENDENCY@</version>
                    <executions>
                      <execution>
                        <id>class-path</id>
                        <goals>
                          <goal>build-classpath</goal>
                        </goals>
                        <phase>package</phase>
                        <configuration>
                          <includeScope>runtime</includeScope>
                          <outputFile>${project.build.directory}/etl.classpath</outputFile>
                        </configuration>
                      </execution>
                    </executions>
                  </plugin>
                  <plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-jar-plugin</artifactId>
                    <version>@JAR@</version>
                  </plugin>
                  <plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-resources-plugin</artifactId>
                    <version>@RESOURCES@</version>
                  </plugin>
                  <plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-surefire-plugin</artifactId>
                    <version>@SUREFIRE@</version>
                  </plugin>
                  <!--
                    The classes of the tables. Starts an embedded PostgreSQL, applies the migrations to it and reads it back, but
                    only when a migration or this file changed.
                  -->
                  <plugin>
                    <groupId>org.jooq</groupId>
                    <artifactId>jooq-codegen-maven</artifactId>
                    <version>${jooq.version}</version>
                    <executions>
                      <execution>
                        <id>generate-schema-classes</id>
                        <goals>
                          <goal>generate</goal>
                        </goals>
                        <phase>generate-sources</phase>
                        <configuration>
                          <logging>WARN</logging>
                          <onError>FAIL</onError>
                          <generator>
                            <name>io.docrows.codegen.IncrementalJavaGenerator</name>
                            <database>
                              <name>io.docrows.codegen.MigratedPostgresDatabase</name>
                              <properties>
                                <property>
                                  <key>locations</key>
                                  <value>src/main/resources/db/@PIPELINE@</value>
                                </property>
                              </properties>
                              <inputSchema>public</inputSchema>
                              <excludes>flyway_schema_history</excludes>
                            </database>
                            <generate>
                              <records>true</records>
                              <javaTimeTypes>true</javaTimeTypes>
                              <generatedAnnotation>false</generatedAnnotation>
                              <jooqVersionReference>false</jooqVersionReference>
                            </generate>
                            <target>
                              <packageName>@PACKAGE@.db</packageName>
                              <directory>target/generated-sources/jooq</directory>
                              <encoding>UTF-8</encoding>
                              <locale>en</locale>
                            </target>
                          </generator>
                        </configuration>
                      </execution>
                    </executions>
                    <dependencies>
                      <dependency>
                        <groupId>io.docrows</groupId>
                        <artifactId>etl-codegen</artifactId>
                        <version>${docrows.version}</version>
                      </dependency>
                    </dependencies>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private PomFile() {}

    static String of(JavaNames names, String version, boolean carried) {
        return POM.replace("@REPOSITORIES@", carried ? REPOSITORIES : "")
                .replace("@GROUP@", names.packageName())
                .replace("@ARTIFACT@", names.pipeline().replace('_', '-'))
                .replace("@DOCROWS@", version)
                .replace("@JOOQ@", Constants.FULL_VERSION)
                .replace("@JUNIT@", JUNIT)
                .replace("@COMPILER@", COMPILER)
                .replace("@DEPENDENCY@", DEPENDENCY)
                .replace("@JAR@", JAR)
                .replace("@RESOURCES@", RESOURCES)
                .replace("@SUREFIRE@", SUREFIRE)
                .replace("@PIPELINE@", names.pipeline())
                .replace("@PACKAGE@", names.packageName());
    }
}
