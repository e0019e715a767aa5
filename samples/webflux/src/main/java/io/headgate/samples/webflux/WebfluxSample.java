package io.headgate.samples.webflux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The application: what arrives on the host's WebSockets goes out at {@code GET /events}, what is posted to {@code /messages} is sent. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class WebfluxSample {

    /** Made by Spring. */
    WebfluxSample() {}

    /**
     * Runs it until it is told to stop.
     *
     * @param args properties, as {@code --headgate.grants=grants.yaml}
     */
    public static void main(String[] args) {
        SpringApplication.run(WebfluxSample.class, args);
    }
}
