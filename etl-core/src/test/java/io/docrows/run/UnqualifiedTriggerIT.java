package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import org.junit.jupiter.api.Test;

/** A trigger that relies on the search path of whoever writes is told as what it is, with the way out. */
final class UnqualifiedTriggerIT {

    private final Database database = Bookshop.database();

    private ConnectedPipeline pipeline() {
        return Docrows.pipeline("audit", Bookshop.AUTHORS)
                .source(new MemorySource().with("authors", "{_id: 1, name: 'Ada'}"))
                .target(database.target());
    }

    @Test
    void namesTheFunctionAndWhatToDo() {
        database.execute("CREATE TABLE audit (at timestamptz)");
        database.execute("CREATE FUNCTION note_author() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN INSERT INTO audit VALUES (now()); RETURN NEW; END $$");
        database.execute("CREATE TRIGGER noting BEFORE INSERT ON author FOR EACH ROW EXECUTE FUNCTION note_author()");
        assertThatThrownBy(() -> pipeline().run(RunOptions.defaults()))
                .hasMessageContaining("public.note_author()")
                .hasMessageContaining("ALTER FUNCTION public.note_author() SET search_path = ");

        database.execute("ALTER FUNCTION public.note_author() SET search_path = public, pg_temp");
        assertThat(pipeline().run(RunOptions.defaults()).total().inserted()).isEqualTo(1);
        assertThat(database.rows("SELECT count(*) FROM audit")).containsExactly("1");
    }
}
