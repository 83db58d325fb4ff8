using System.Collections.Concurrent;
using System.Globalization;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using CsvHelper;

namespace Assistance.Sandbox;

/// <summary>
/// What the simulated departments have on record: the rows of <c>seeds/departments/facts.csv</c>, and what a test or a
/// walkthrough adds. A fact is known only from its first day on.
/// </summary>
internal sealed class DepartmentRecords
{
    private readonly ConcurrentDictionary<(string IdentityNumber, LookupSource Source), PersonRecord> records = new();
    private readonly ConcurrentDictionary<string, bool> people = new();

    /// <summary>Whether somebody of whom no department has a record gets made-up ones.</summary>
    public bool InventsRecords { get; set; }

    public void Load(string seedsPath)
    {
        using var csv = new CsvReader(new StreamReader(Path.Combine(seedsPath, "departments", "facts.csv")), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            Add(csv.GetField("identityNumber")!, csv.GetField<LookupSource>("source"), new DepartmentFact
            {
                Kind = csv.GetField<FactKind>("kind"),
                AmountFen = csv.GetField<long?>("amountFen"),
                Count = csv.GetField<int?>("count"),
                DivisionCode = csv.GetField("divisionCode") is { Length: > 0 } code ? code : null,
                FromOn = csv.GetField<DateOnly?>("from"),
                ToOn = csv.GetField<DateOnly?>("to"),
            });
        }
    }

    public void Add(string identityNumber, LookupSource source, DepartmentFact fact)
    {
        var record = RecordOf(identityNumber, source);
        lock (record)
        {
            record.Facts.Add(fact);
        }
    }

    /// <summary>Puts other facts in the place of what is on record, as a department does that was wrong.</summary>
    public void Correct(string identityNumber, LookupSource source, IReadOnlyList<DepartmentFact> facts)
    {
        var record = RecordOf(identityNumber, source);
        lock (record)
        {
            record.Facts.Clear();
            record.Facts.AddRange(facts);
            record.Revision++;
        }
    }

    /// <summary>What is known on a day, and how often it was corrected, counted from 1.</summary>
    public (IReadOnlyList<DepartmentFact> Facts, int Revision) KnownOn(DateOnly day, string identityNumber, LookupSource source)
    {
        if (!records.TryGetValue((identityNumber, source), out var record))
        {
            return (InventsRecords && !people.ContainsKey(identityNumber) ? InventedRecords.Of(day, identityNumber, source) : [], 1);
        }

        lock (record)
        {
            return ([.. record.Facts.Where(fact => fact.FromOn is not { } from || from <= day)], record.Revision);
        }
    }

    private PersonRecord RecordOf(string identityNumber, LookupSource source)
    {
        people[identityNumber] = true;
        return records.GetOrAdd((identityNumber, source), _ => new PersonRecord());
    }

    private sealed class PersonRecord
    {
        public List<DepartmentFact> Facts { get; } = [];

        public int Revision { get; set; } = 1;
    }
}
