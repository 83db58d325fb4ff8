namespace Assistance.Api.Tests.Data;

public sealed class ForeignKeyTests
{
    private const string KeysSql = """
        SELECT m.name, k.id, k."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table' ORDER BY m.name, k.id, k.seq
        """;

    // Those of primary keys among them; a filtered index does not hold every row.
    private const string IndexesSql = """
        SELECT m.name, i.name, c.name FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
        WHERE m.type = 'table' AND i.partial = 0 ORDER BY m.name, i.name, c.seqno
        """;

    // SQL Server makes none by itself, and without one a change of the parent reads the whole child.
    [Test]
    public void Every_foreign_key_has_an_index_that_begins_with_its_columns()
    {
        var keys = MigratedSchema.Query<(string Table, long Key, string Column)>(KeysSql)
            .GroupBy(row => (row.Table, row.Key), row => row.Column)
            .Select(columns => (columns.Key.Table, Columns: columns.ToHashSet()))
            .ToList();
        var indexes = MigratedSchema.Query<(string Table, string Index, string Column)>(IndexesSql)
            .GroupBy(row => (row.Table, row.Index), row => row.Column)
            .ToLookup(columns => columns.Key.Table, columns => columns.ToArray());

        Assert.Multiple(() =>
        {
            Assert.That(keys, Is.Not.Empty);
            Assert.That(
                keys.Where(key => !indexes[key.Table].Any(index => key.Columns.SetEquals(index.Take(key.Columns.Count))))
                    .Select(key => $"{key.Table} ({string.Join(", ", key.Columns)})"),
                Is.Empty);
        });
    }
}
