using Assistance.Domain.Notices;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Notices;

/// <summary>Act art. 76: 60 days to reconsideration (XF-20), 6 months to litigation (XS-46), last days off moved (MSF-85).</summary>
public sealed class RemediesTests
{
    [TestCase("2026-03-10", "2026-05-09", "2026-09-10", TestName = "Both_last_days_are_working_days_the_first_a_make_up_Saturday")]
    [TestCase("2026-08-05", "2026-10-08", "2027-02-05", TestName = "XF_20_the_sixtieth_day_in_the_week_of_the_National_Day_moves_out_of_it")]
    [TestCase("2026-04-05", "2026-06-04", "2026-10-08", TestName = "XS_46_six_months_that_end_in_the_week_of_the_National_Day_move_out_of_it")]
    [TestCase("2025-08-31", "2025-10-30", "2026-02-28", TestName = "XS_46_six_months_from_the_31st_end_with_February")]
    [TestCase("2026-06-18", "2026-08-17", "2026-12-18")]
    public void The_last_days_are_counted_from_service(string servedOn, string reconsideration, string litigation)
    {
        var remedies = Remedies.For(Seeds.Day(servedOn)!.Value, 60, 6, Seeds.Calendar);

        Assert.That(
            remedies.Select(remedy => (remedy.Kind, remedy.LastDay.On)),
            Is.EqualTo([
                (RemedyKind.Reconsideration, Seeds.Day(reconsideration)!.Value),
                (RemedyKind.Litigation, Seeds.Day(litigation)!.Value),
            ]));
    }

    [Test]
    public void Each_remedy_says_what_it_was_counted_by()
    {
        var servedOn = new DateOnly(2026, 3, 10);

        Assert.That(Remedies.For(servedOn, 60, 6, Seeds.Calendar), Is.EqualTo([
            new Remedy(RemedyKind.Reconsideration, 60, "days", servedOn, new DueDate(new DateOnly(2026, 5, 9), false), "XF-20"),
            new Remedy(RemedyKind.Litigation, 6, "months", servedOn, new DueDate(new DateOnly(2026, 9, 10), false), "XS-46"),
        ]));
    }

    [Test]
    public void A_last_day_in_a_year_without_a_notice_is_provisional()
    {
        var remedies = Remedies.For(new DateOnly(2026, 9, 10), 60, 6, Seeds.Calendar);

        Assert.That(remedies.Select(remedy => remedy.LastDay.IsProvisional), Is.EqualTo([false, true]));
    }
}
