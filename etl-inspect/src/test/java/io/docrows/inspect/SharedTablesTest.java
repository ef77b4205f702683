package io.docrows.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.inspect.proposal.Proposal;
import io.docrows.inspect.proposal.ProposedColumn;
import io.docrows.inspect.proposal.ProposedColumn.Role;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.inspect.proposal.ProposedTable.Origin;
import io.docrows.inspect.proposal.SharedTable;
import io.docrows.inspect.testing.MemorySource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** Tables that are proposed for what many documents repeat. */
final class SharedTablesTest {

    private static final int COUNT = 200;

    private static Proposal of(MemorySource source) {
        return Proposal.of(Inspector.of(source)
                .inspect(InspectOptions.defaults().threads(1))
                .orElseThrow());
    }

    private static List<BsonDocument> many(IntFunction<String> json) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> BsonDocument.parse(json.apply(i)))
                .toList();
    }

    private static SharedTable shared(Proposal proposal, String name) {
        return proposal.shared().stream()
                .filter(one -> one.table().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no shared table " + name + " among "
                        + proposal.shared().stream()
                                .map(one -> one.table().name())
                                .toList()));
    }

    private static String state(int i) {
        return List.of("new", "paid", "sent").get(i % 3);
    }

    @Test
    void aTextOfFewValuesCouldBeALookupTable() {
        Proposal proposal =
                of(MemorySource.empty().with("orders", many(i -> "{_id: " + i + ", state: '" + state(i) + "'}")));
        SharedTable states = shared(proposal, "order_states");
        assertThat(states.table().origin()).isEqualTo(Origin.LOOKUP);
        assertThat(states.table().rows()).isEqualTo(3);
        assertThat(states.table().columns())
                .extracting(ProposedColumn::name, ProposedColumn::role)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("id", Role.GENERATED),
                        org.assertj.core.groups.Tuple.tuple("name", Role.KEY));
        assertThat(states.table().uniqueKeys()).containsExactly("name");
        assertThat(states.uses())
                .containsExactly(
                        new SharedTable.Use("orders", List.of("state"), "state_id", Optional.empty(), "state", COUNT));
        assertThat(proposal.table("orders").orElseThrow().column("state"))
                .as("it stays an alternative")
                .isPresent();
        assertThat(proposal.table("order_states")).isEmpty();
    }

    @Test
    void columnsOfOneNameShareALookupTableIfOneHasAllValues() {
        Proposal proposal = of(MemorySource.empty()
                .with(
                        "orders",
                        many(i -> "{_id: " + i + ", billing: {country: '" + state(i) + "'}, shipping: {country: '"
                                + state(i % 2) + "'}}"))
                .with("parcels", many(i -> "{_id: 'p" + i + "', country: '" + (i % 2 == 0 ? "x" : "y") + "'}")));
        assertThat(proposal.shared()).hasSize(2);
        assertThat(shared(proposal, "countries").uses())
                .extracting(SharedTable.Use::replaced)
                .containsExactly(List.of("billing_country"), List.of("shipping_country"));
        assertThat(shared(proposal, "countries_2").uses())
                .extracting(SharedTable.Use::table)
                .containsExactly("parcels");
    }

    @Test
    void anArrayOfTextsThatRepeatCouldBeALookupTableWithATableBetween() {
        Proposal proposal = of(MemorySource.empty()
                .with("users", many(i -> "{_id: 'u" + i + "', skills: ['s" + i % 5 + "', 's" + i % 4 + "']}")));
        SharedTable skills = shared(proposal, "skills");
        assertThat(skills.table().rows()).isEqualTo(5);
        assertThat(skills.uses())
                .containsExactly(new SharedTable.Use(
                        "users", List.of("skills"), "skill_id", Optional.of("user_skills"), "skills[]", 2 * COUNT));
    }

    @Test
    void anArrayOfTextsThatHardlyRepeatIsNoLookupTable() {
        assertThat(of(MemorySource.empty().with("users", many(i -> "{_id: 'u" + i + "', notes: ['n" + i + "']}")))
                        .shared())
                .isEmpty();
    }

    @Test
    void embeddedDocumentsThatRepeatCouldBeATable() {
        Proposal proposal = of(MemorySource.empty()
                .with(
                        "books",
                        many(i -> "{_id: " + i + ", publisher: {publisherId: 'p" + i % 10 + "', name: 'n" + i % 10
                                + "', since: " + (1900 + i % 10) + "}}")));
        SharedTable publishers = shared(proposal, "publishers");
        ProposedTable table = publishers.table();
        assertThat(table.origin()).isEqualTo(Origin.ENTITIES);
        assertThat(table.rows()).isEqualTo(10);
        assertThat(publishers.conflicts()).isZero();
        assertThat(table.primaryKey()).containsExactly("publisher_id");
        assertThat(table.columns())
                .extracting(ProposedColumn::name)
                .containsExactlyInAnyOrder("publisher_id", "name", "since");
        SharedTable.Use use = publishers.uses().get(0);
        assertThat(use.table()).isEqualTo("books");
        assertThat(use.replaced())
                .containsExactlyInAnyOrder("publisher_publisher_id", "publisher_name", "publisher_since");
        assertThat(use.values()).isEqualTo(COUNT);
    }

    @Test
    void copiesThatDifferAreCounted() {
        Proposal proposal = of(MemorySource.empty()
                .with(
                        "books",
                        many(i -> "{_id: " + i + ", publisher: {publisherId: 'p" + i % 20 + "', name: 'n"
                                + (i == 7 ? "old" : i % 20) + "', since: " + (1900 + i % 20) + "}}")));
        SharedTable publishers = shared(proposal, "publishers");
        assertThat(publishers.conflicts()).isEqualTo(1);
        assertThat(publishers.table().reasons()).anyMatch(reason -> reason.contains("copies that differ"));
    }

    @Test
    void copiesOfDocumentsOfAnotherCollectionNeedNoTableOfTheirOwn() {
        Proposal proposal = of(MemorySource.empty()
                .with(
                        "publishers",
                        IntStream.range(0, 10)
                                .mapToObj(i -> BsonDocument.parse("{_id: 'p" + i + "', name: 'n" + i + "'}"))
                                .toList())
                .with(
                        "books",
                        many(i -> "{_id: " + i + ", publisher: {_id: 'p" + i % 10 + "', name: 'n" + i % 10 + "'}}")));
        assertThat(proposal.shared()).extracting(one -> one.table().origin()).doesNotContain(Origin.ENTITIES);
        assertThat(proposal.table("books").orElseThrow().reasons())
                .anyMatch(reason -> reason.contains("also in publishers"));
    }

    @Test
    void textsOfEmbeddedDocumentsThatRepeatNeedNoSecondTable() {
        Proposal proposal = of(MemorySource.empty()
                .with(
                        "books",
                        many(i -> "{_id: " + i + ", publisher: {publisherId: 'p" + i % 10 + "', country: 'c" + i % 10
                                + "', since: " + (1900 + i % 10) + "}}")));
        assertThat(proposal.shared()).extracting(one -> one.table().name()).containsExactly("publishers");
    }

    @Test
    void namesAreWhatPeopleWouldChoose() {
        Proposal proposal = of(MemorySource.empty()
                .with(
                        "orders",
                        many(i -> "{_id: " + i + ", status: '" + state(i) + "', payment: {kind: '" + state(i)
                                + "x'}, currency: '" + state(i) + "y'}")));
        assertThat(proposal.shared())
                .extracting(one -> one.table().name(), one -> one.uses().get(0).reference())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("order_statuses", "status_id"),
                        org.assertj.core.groups.Tuple.tuple("payment_kinds", "payment_kind_id"),
                        org.assertj.core.groups.Tuple.tuple("currencies", "currency_id"));
    }
}
