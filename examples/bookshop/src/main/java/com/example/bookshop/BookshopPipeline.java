package com.example.bookshop;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.PipelineSchema;

/** Offers the pipeline to the command line, which finds it by the service loader. */
public final class BookshopPipeline implements PipelineProvider {

    @Override
    public PipelineSchema schema() {
        return PipelineSchema.of("bookshop", "classpath:db/bookshop");
    }

    @Override
    public Pipeline pipeline() {
        return Docrows.pipeline("bookshop", Books.mapping());
    }
}
