using Assistance.Domain.Assessments;
using Assistance.Domain.Parameters;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Parameters;

/// <summary>A file of parameters beside the rows of <c>seeds/parameters.csv</c>, on the day before 2026-10-01.</summary>
public sealed class ParameterFileTests
{
    private const string Standard = ParameterCodes.Standard;

    private static readonly DateOnly Earliest = new(2026, 10, 1);

    private static readonly string[] Heading = ["code", "value", "unit", "from", "to", "basis", "documentNumber", "sample", "note"];

    private static readonly ILookup<string, Basis> Bases = Seeds.Rows("legal-bases.csv")
        .ToLookup(row => row["code"], row => new Basis(Seeds.Day(row["from"])!.Value, Seeds.Day(row["to"])));

    private static readonly StandingParameters Standing = new(Seeds.Parameters, ParameterCodes.All, code => Bases[code].Append(LapsedIf(code)).OfType<IDated>(), Earliest);

    [Test]
    public void A_new_standard_ends_the_one_in_force_without_an_end_the_day_before()
    {
        var report = Check($"{Standard},80000,fen/month,2027-01-01,,LAW-19,晋民发〔2026〕1号,false,new");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(report), Is.Empty);
            var change = report.Changes.Single();
            Assert.That(change.EndsFormer, Is.True);
            Assert.That((change.Former!.Value, change.Former.FromOn, change.Former.ToOn), Is.EqualTo((75000L, Day("2026-07-01"), (DateOnly?)Day("2026-12-31"))));
            Assert.That(report.Lines.Single(), Is.EqualTo(new ParameterLine(2, new PolicyParameter
            {
                Code = Standard,
                Value = 80000,
                Unit = "fen/month",
                FromOn = Day("2027-01-01"),
                BasisCode = "LAW-19",
                DocumentNumber = "晋民发〔2026〕1号",
                IsSample = false,
            }, "new")));
        }
    }

    [Test]
    public void Several_rows_of_a_code_follow_on_each_other_and_only_the_first_ends_what_is_there()
    {
        var report = Check(
            $"{Standard},85000,fen/month,2028-01-01,,LAW-19,,true,",
            $"{Standard},80000,fen/month,2027-01-01,2027-12-31,LAW-19,,true,");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(report), Is.Empty);
            Assert.That(report.Changes.Select(change => (change.Line.Line, change.Former!.Value, change.EndsFormer)), Is.EqualTo(new[] { (2, 80000L, false), (3, 75000L, true) }));
        }
    }

    // Heading: code, value, unit, from, to, basis, documentNumber, sample, note.
    [TestCase("no-such-code,1,days,2027-01-01,,LAW-19,,true,", "2.code UnknownCode")]
    [TestCase("Subsistence-Allowance.Standard,1,days,2027-01-01,,LAW-19,,true,", "2.code UnknownCode", TestName = "A_code_is_compared_letter_by_letter")]
    [TestCase(Standard + ",80000,yuan/month,2027-01-01,,LAW-19,,true,", "2.unit UnitDiffers fen/month")]
    [TestCase(Standard + ",800.5,fen/month,2027-01-01,,LAW-19,,true,", "2.value NotAWholeNumber")]
    [TestCase(Standard + ",,fen/month,2027-01-01,,LAW-19,,true,", "2.value NotAWholeNumber")]
    [TestCase(Standard + ",-1,fen/month,2027-01-01,,LAW-19,,true,", "2.value Negative 1000000000")]
    [TestCase(Standard + ",1000000001,fen/month,2027-01-01,,LAW-19,,true,", "2.value TooLarge 1000000000")]
    [TestCase(Standard + ",80000,fen/month,2027-02-30,,LAW-19,,true,", "2.from NotADay")]
    [TestCase(Standard + ",80000,fen/month,,,LAW-19,,true,", "2.from NotADay")]
    [TestCase(Standard + ",80000,fen/month,2027-01-01,soon,LAW-19,,true,", "2.to NotADay")]
    [TestCase(Standard + ",80000,fen/month,2027-01-01,2026-12-31,LAW-19,,true,", "2.to EndsBeforeItBegins")]
    [TestCase(Standard + ",80000,fen/month,2026-09-30,,LAW-19,,true,", "2.from TooEarly 2026-10-01", TestName = "Never_retroactive")]
    [TestCase(Standard + ",80000,fen/month,2027-01-01,,LAW-99,,true,", "2.basis UnknownBasis")]
    [TestCase(Standard + ",80000,fen/month,2027-01-01,,LAPSED,,true,", "2.basis BasisNotInForce 2027-01-01")]
    [TestCase(Standard + ",80000,fen/month,2027-01-01,,LAW-19,,yes,", "2.sample NotTrueOrFalse")]
    [TestCase(Standard + ",80000,fen/month,2027-01-01,2027-06-30,LAW-19,,true,", "2.to GapAfter 2027-07-01", TestName = "Every_day_keeps_a_number")]
    [TestCase(Standard + ",80000,fen/month,2025-06-01,2026-06-30,LAW-19,,true,", "2.from TooEarly 2026-10-01|2.from OverlapsARow 2025-01-01|2.basis BasisNotInForce 2025-06-01",
        TestName = "A_row_already_used_is_never_edited")]
    [TestCase(Standard + ",80000,fen/month,2026-07-01,,LAW-19,,true,", "2.from TooEarly 2026-10-01|2.from OverlapsARow 2026-07-01", TestName = "Nor_replaced_by_one_of_the_same_first_day")]
    public void A_fault_is_named_by_line_and_column_and_the_row_changes_nothing(string line, string faults)
    {
        var report = Check(line);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join('|', Faults(report)), Is.EqualTo(faults));
            Assert.That(report.IsSound, Is.False);
            Assert.That(report.Changes, Is.Empty);
        }
    }

    [Test]
    public void Everything_wrong_with_every_line_is_named_at_once_and_sound_lines_show_what_they_change()
    {
        var report = Check(
            "no-such-code,-1,days,2026-01-01,2025-12-31,LAW-99,,maybe,",
            $"{ParameterCodes.PostingDays},10,days,2027-01-01,,57-19,,false,",
            $"{Standard},x,yuan,2027-13-01,x,,{new string('号', 101)},,{new string('n', 501)}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(report), Is.EqualTo(new[]
            {
                "2.code UnknownCode", "2.value Negative 1000000000", "2.from TooEarly 2026-10-01", "2.to EndsBeforeItBegins", "2.basis UnknownBasis", "2.sample NotTrueOrFalse",
                "4.value NotAWholeNumber", "4.unit UnitDiffers fen/month", "4.from NotADay", "4.to NotADay", "4.basis UnknownBasis",
                "4.documentNumber TooLong 100", "4.sample NotTrueOrFalse", "4.note TooLong 500",
            }));
            Assert.That(report.Changes.Select(change => (change.Line.Line, change.Former!.Value)), Is.EqualTo(new[] { (3, 7L) }));
        }
    }

    [Test]
    public void The_same_code_and_first_day_twice_is_one_too_many() =>
        Assert.That(
            Faults(Check($"{Standard},80000,fen/month,2027-01-01,,LAW-19,,true,", $"{Standard},81000,fen/month,2027-01-01,,LAW-19,,true,")),
            Is.EqualTo(new[] { "3.from RepeatsALine 2" }));

    [Test]
    public void A_line_that_goes_on_when_a_later_one_begins_overlaps_it() =>
        Assert.That(
            Faults(Check($"{Standard},80000,fen/month,2027-01-01,2027-07-01,LAW-19,,true,", $"{Standard},81000,fen/month,2027-07-01,,LAW-19,,true,")),
            Is.EqualTo(new[] { "2.to OverlapsALine 3" }));

    [Test]
    public void A_gap_between_two_lines_is_named_once() =>
        Assert.That(
            Faults(Check($"{Standard},80000,fen/month,2027-01-01,2027-06-30,LAW-19,,true,", $"{Standard},81000,fen/month,2027-09-01,,LAW-19,,true,")),
            Is.EqualTo(new[] { "2.to GapAfter 2027-07-01" }));

    [Test]
    public void A_row_with_a_last_day_of_its_own_keeps_it()
    {
        var planned = Standing with { Rows = [ARow("2026-07-01", "2027-06-30", 1), ARow("2027-07-01", null, 2)] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(Check(planned, $"{Standard},3,fen/month,2027-01-01,2027-06-30,LAW-19,,true,")), Is.EqualTo(new[] { "2.from OverlapsARow 2026-07-01" }));
            Assert.That(Faults(Check(planned, $"{Standard},3,fen/month,2027-08-01,,LAW-19,,true,")), Is.Empty, "the one without is ended");
        }
    }

    [Test]
    public void A_hole_in_what_is_there_is_filled_by_a_row_that_fits()
    {
        var holed = Standing with { Rows = [ARow("2026-07-01", "2026-12-31", 1), ARow("2027-07-01", null, 2)] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(Check(holed, $"{Standard},3,fen/month,2027-01-01,2027-06-30,LAW-19,,true,")), Is.Empty);
            Assert.That(Faults(Check(holed, $"{Standard},3,fen/month,2027-01-01,2027-05-31,LAW-19,,true,")), Is.EqualTo(new[] { "2.to GapAfter 2027-06-01" }));
            Assert.That(Faults(Check(holed, $"{Standard},3,fen/month,2027-02-01,2027-06-30,LAW-19,,true,")), Is.EqualTo(new[] { "2.from GapBefore 2027-01-01" }));
            Assert.That(Faults(Check(holed, $"{Standard},3,fen/month,2027-01-01,,LAW-19,,true,")), Is.EqualTo(new[] { "2.to OverlapsARow 2027-07-01" }));
            Assert.That(
                Faults(Check(holed, $"{Standard},3,fen/month,2027-01-01,2027-07-31,LAW-19,,true,", $"{Standard},4,fen/month,2027-08-01,,LAW-19,,true,")),
                Is.EqualTo(new[] { "2.to OverlapsARow 2027-07-01" }), "what a later line ends is there until then");
        }
    }

    // An older seed may stand open behind a newer one, which holds alone (DatedRows).
    [Test]
    public void An_older_row_without_an_end_does_not_come_back_behind_a_newer_one()
    {
        var seeded = Standing with { Rows = [ARow("2021-07-01", null, 1), ARow("2026-07-01", null, 2)] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(Check(seeded, $"{Standard},3,fen/month,2027-01-01,2027-06-30,LAW-19,,true,")), Is.EqualTo(new[] { "2.to GapAfter 2027-07-01" }));
            Assert.That(Check(seeded, $"{Standard},3,fen/month,2027-01-01,,LAW-19,,true,").Changes.Single().Former!.Value, Is.EqualTo(2));
        }
    }

    [Test]
    public void Rows_that_were_sound_are_held_against_the_day_again()
    {
        var proposed = Check($"{Standard},80000,fen/month,2026-10-01,,LAW-19,,true,").Lines;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(ParameterFile.Check(proposed, Standing)), Is.Empty);
            Assert.That(Faults(ParameterFile.Check(proposed, Standing with { EarliestOn = Day("2026-10-02") })), Is.EqualTo(new[] { "2.from TooEarly 2026-10-02" }));
        }
    }

    [Test]
    public void Columns_may_come_in_any_order_and_the_note_may_be_left_out()
    {
        var report = ParameterFile.Check(
            new ParameterTable(
                ["from", "to", "code", "sample", "basis", "documentNumber", "unit", "value"],
                [new ParameterRecord(2, ["2027-01-01", "", Standard, "true", "LAW-19", "", "fen/month", " 80000 "])]),
            Standing);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(report), Is.Empty);
            Assert.That(report.Lines.Single().Parameter.Value, Is.EqualTo(80000));
        }
    }

    [Test]
    public void A_heading_that_is_wrong_is_told_with_what_can_be_told_of_the_rows() =>
        Assert.That(
            Faults(ParameterFile.Check(
                new ParameterTable(
                    ["code", "value", "value", "form", "to", "basis", "documentNumber", "sample"],
                    [new ParameterRecord(2, [Standard, "x", "1", "2027-01-01", "2027-02-30", "LAW-19", "", "true"]), new ParameterRecord(3, ["x"]), new ParameterRecord(5, null)]),
                Standing)),
            Is.EqualTo(new[]
            {
                "1.form UnknownColumn", "1.value RepeatedColumn", "1.unit MissingColumn", "1.from MissingColumn",
                "2.value NotAWholeNumber", "2.to NotADay", "3 FieldCount 8", "5 NotCsv",
            }));

    [Test]
    public void A_file_without_rows_or_with_too_many_is_refused()
    {
        var row = $"{Standard},80000,fen/month,2027-01-01,,LAW-19,,true,";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(Check()), Is.EqualTo(new[] { "1 NoRows" }));
            Assert.That(Faults(Check([.. Enumerable.Repeat(row, 201)])), Is.EqualTo(new[] { "202 TooManyRows 200" }));
            Assert.That(Faults(Check([.. Enumerable.Repeat(row, 200)])), Has.Count.EqualTo(199).And.All.Contains("RepeatsALine 2"));
        }
    }

    [TestCase("income.work-cost.monthly,20000,fen/month,2027-01-01,2027-06-30,57-13,,true,", "")]
    [TestCase("income.work-cost.monthly,20000,percent,2027-01-01,,57-13,,true,", "2.unit UnitDiffers fen/month")]
    [TestCase("top-up.aged.percent-of-standard,10,percent,2027-01-01,,LAW-20,,true,", "")]
    public void What_a_district_may_leave_unset_may_begin_and_cease(string line, string faults) =>
        Assert.That(string.Join('|', Faults(Check(line))), Is.EqualTo(faults));

    [Test]
    public void The_seeds_have_the_columns_of_a_file() => Assert.That(Seeds.Rows("parameters.csv")[0].Keys, Is.EqualTo(ParameterFile.Columns));

    [Test]
    public void Every_code_has_one_unit() =>
        Assert.That(Seeds.Parameters.GroupBy(row => row.Code).Where(rows => rows.DistinctBy(row => row.Unit).Count() > 1).Select(rows => rows.Key), Is.Empty);

    [Test]
    public void Every_code_has_a_name() =>
        Assert.That(ParameterCodes.All.Select(code => $"word.{code}"), Is.SubsetOf(Seeds.Rows("sentences.csv").Select(row => row["code"])));

    private static ParameterReport Check(params string[] lines) => Check(Standing, lines);

    private static ParameterReport Check(StandingParameters standing, params string[] lines) => ParameterFile.Check(
        new ParameterTable(Heading, [.. lines.Select((line, index) => new ParameterRecord(index + 2, line.Split(',')))]), standing);

    private static List<string> Faults(ParameterReport report) =>
    [
        .. report.Faults.Select(fault => $"{fault.Line}{(fault.Column is null ? "" : ".")}{fault.Column} {fault.Kind}{(fault.About is null ? "" : " ")}{fault.About}"),
    ];

    private static PolicyParameter ARow(string from, string? to, long value) => new()
    {
        Code = Standard,
        Value = value,
        Unit = "fen/month",
        FromOn = Day(from),
        ToOn = to is null ? null : Day(to),
        BasisCode = "LAW-19",
        IsSample = true,
    };

    private static DateOnly Day(string text) => Seeds.Day(text)!.Value;

    private static Basis? LapsedIf(string code) => code == "LAPSED" ? new Basis(Day("2021-07-01"), Day("2026-12-31")) : null;

    private sealed record Basis(DateOnly FromOn, DateOnly? ToOn) : IDated;
}
