package io.docrows.spring;

import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.CronTrigger;

/** Starts runs when their time comes. A time at which the last run is still at work is passed over. */
final class Schedule implements ApplicationListener<ApplicationReadyEvent>, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Schedule.class);

    private final PipelineRunner runner;
    private final DocrowsProperties properties;
    private final ThreadPoolTaskScheduler clock = new ThreadPoolTaskScheduler();
    private volatile boolean running;

    Schedule(PipelineRunner runner, DocrowsProperties properties) {
        this.runner = runner;
        this.properties = properties;
        clock.setThreadNamePrefix("docrows-schedule");
        clock.setDaemon(true);
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        for (String pipeline : runner.pipelines()) {
            if (properties.follow().concerns(pipeline)) {
                runner.follow(pipeline);
            } else if (properties.run(pipeline).startsWithTheApplication()) {
                runner.start(pipeline);
            }
        }
    }

    @Override
    public void start() {
        clock.initialize();
        for (String pipeline : runner.pipelines()) {
            DocrowsProperties.Run run = properties.run(pipeline);
            String cron = run.cron();
            if (cron != null && !cron.equals(Scheduled.CRON_DISABLED)) {
                ZoneId zone = run.zone() == null ? ZoneId.systemDefault() : ZoneId.of(run.zone());
                clock.schedule(() -> due(pipeline), new CronTrigger(cron, zone));
                log.info("pipeline {} runs at {} ({})", pipeline, cron, zone);
            }
        }
        running = true;
    }

    private void due(String pipeline) {
        if (!runner.start(pipeline)) {
            log.info("pipeline {}: the last run is still at work, so this one is left out", pipeline);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** With the runner: no run begins that would be stopped at once. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    @Override
    public void stop() {
        running = false;
        clock.shutdown();
    }
}
