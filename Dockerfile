# Docrows as an image: built and run as an ordinary user. Another base with a JDK 17 can be chosen, for instance
#   docker build --build-arg JDK_IMAGE=my/jdk:17 --build-arg JRE_IMAGE=my/jre:17 .
ARG JDK_IMAGE=eclipse-temurin:17-jdk
ARG JRE_IMAGE=eclipse-temurin:17-jre

FROM ${JDK_IMAGE} AS build
# Not root: the build starts a PostgreSQL to generate classes from, and PostgreSQL refuses to run as root.
RUN useradd --create-home --shell /bin/bash docrows
USER docrows
WORKDIR /home/docrows/source
COPY --chown=docrows . .
RUN ./mvnw -B -ntp -q -pl etl-runner -am package -Dmaven.test.skip=true -DskipChecks

FROM ${JRE_IMAGE}
# Not every base sets it, and Java opens files whose names are not ASCII only with it.
ENV LANG=C.UTF-8
RUN useradd --create-home --shell /bin/bash docrows
USER docrows
WORKDIR /home/docrows
COPY --from=build /home/docrows/source/etl-runner/target/etl-runner.jar etl-runner.jar
# Java starts faster with an archive of loaded classes, made by the Java that will use it. Without one it starts as well.
RUN mkdir training && (java -XX:+UseParallelGC -Xmx512m -XX:ArchiveClassesAtExit=etl-runner.jsa -Xlog:disable \
        -cp etl-runner.jar io.docrows.runner.TrainingRun training || true) && rm -rf training
# Exec form, so that SIGTERM reaches Java: it finishes its batch, commits, and reports.
ENTRYPOINT ["java", "-XX:+UseParallelGC", "-XX:SharedArchiveFile=etl-runner.jsa", "-Xlog:disable", "-Xlog:all=warning,cds*=off:stderr", "-XX:Tier4InvocationThreshold=100000", "-XX:Tier4MinInvocationThreshold=12000", "-XX:Tier4CompileThreshold=300000", "-XX:Tier4BackEdgeThreshold=800000", "-XX:MaxRAMPercentage=60", "-jar", "etl-runner.jar"]
CMD ["--help"]
