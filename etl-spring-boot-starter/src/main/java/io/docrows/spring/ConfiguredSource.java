package io.docrows.spring;

import com.mongodb.client.MongoClient;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentSource;
import io.docrows.source.file.FileSources;
import io.docrows.source.json.JsonOptions;
import io.docrows.source.mongo.MongoSource;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** What the properties name as the source, or the application's own {@code MongoClient}. */
final class ConfiguredSource implements PipelineSource {

    private final DocrowsProperties properties;
    private final ObjectProvider<MongoClient> clients;

    ConfiguredSource(DocrowsProperties properties, ObjectProvider<MongoClient> clients) {
        this.properties = properties;
        this.clients = clients;
    }

    @Override
    public DocumentSource open(String pipeline) {
        String source = properties.source();
        if (source == null) {
            return ofApplication();
        }
        if (source.startsWith("mongodb://") || source.startsWith("mongodb+srv://")) {
            return MongoSource.connect(source);
        }
        return FileSources.open(Path.of(source), Optional.ofNullable(properties.database()), JsonOptions.defaults());
    }

    private DocumentSource ofApplication() {
        MongoClient client = clients.getIfUnique();
        String database = properties.database();
        if (client == null || database == null) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "There is nothing to read from. Set docrows.source, or docrows.database where the application has"
                            + " one MongoClient, or define a bean of type DocumentSource or PipelineSource.");
        }
        return MongoSource.of(client, database);
    }
}
