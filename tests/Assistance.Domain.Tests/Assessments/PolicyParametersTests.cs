using System.Reflection;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Assessments;

public sealed class PolicyParametersTests
{
    private static readonly PolicyParameters Parameters = new(Seeds.Parameters);

    [TestCase("2026-06-30", 700_00)]
    [TestCase("2026-07-01", 750_00)]
    public void The_number_of_the_day_is_taken(string day, int value) =>
        Assert.That(Parameters.Number(ParameterCodes.Standard, Seeds.Day(day)!.Value), Is.EqualTo(value));

    [TestCase(ParameterCodes.Standard, "2024-12-31", TestName = "Before_the_first_standard_nothing_is_computed")]
    [TestCase(ParameterCodes.TotalExtended, "2022-10-19", TestName = "N22_4_1_before_the_notice_nothing_is_extended")]
    [TestCase("no-such-parameter", "2026-09-10")]
    public void A_number_that_is_not_in_force_is_refused_and_not_guessed(string code, string day)
    {
        var refusal = Refused.With("no-parameter-in-force", () => Parameters.InForce(code, Seeds.Day(day)!.Value));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Basis, Is.EqualTo(LegalBases.ProvinceSetsTheStandard));
            Assert.That(refusal.Arguments["parameter"], Is.EqualTo(code));
            Assert.That(refusal.Arguments["on"], Is.EqualTo(day));
        }
    }

    [Test]
    public void A_number_too_large_for_a_count_fails_and_does_not_wrap()
    {
        var parameters = new PolicyParameters([SyntheticHouseholds.AParameter("x", int.MaxValue + 1L)]);

        Assert.That(() => parameters.Number("x", SyntheticHouseholds.Today), Throws.TypeOf<OverflowException>());
    }

    [Test]
    public void Every_code_asked_for_has_rows_and_every_row_is_asked_for()
    {
        var asked = typeof(ParameterCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue())
            .OfType<string>().Concat(ParameterCodes.Limits).Concat(ParameterCodes.Optional).ToHashSet();
        var there = Seeds.Parameters.Select(row => row.Code).ToHashSet();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(there, Is.SubsetOf(asked));
            Assert.That(asked.Except(ParameterCodes.Optional), Is.SubsetOf(there));
        }
    }

    [TestCase(ParameterCodes.PostingDays, 7, TestName = "57_19_posting")]
    [TestCase(ParameterCodes.StartInvestigation, 3, TestName = "57_15_investigation")]
    [TestCase(ParameterCodes.StartVerification, 3, TestName = "57_17_verification")]
    [TestCase(ParameterCodes.DistrictOpinion, 10, TestName = "57_20_opinion_of_the_district")]
    [TestCase(ParameterCodes.Total, 30, TestName = "57_22_the_whole")]
    [TestCase(ParameterCodes.TotalExtended, 45, TestName = "N22_4_1_the_whole_extended")]
    [TestCase(ParameterCodes.ReconsiderationDays, 60, TestName = "XF_20_reconsideration")]
    [TestCase(ParameterCodes.LitigationMonths, 6, TestName = "XS_46_litigation")]
    [TestCase(ParameterCodes.HomeVisitors, 2, TestName = "57_16_visitors")]
    [TestCase(ParameterCodes.SubsistenceAllowanceDemocraticReview, 1, TestName = "57_19_a_democratic_review_answers_an_objection")]
    [TestCase(ParameterCodes.SubsistenceAllowanceSecondPosting, 0, TestName = "57_19_no_second_posting")]
    [TestCase(ParameterCodes.ExtremePovertyDemocraticReview, 0, TestName = "TK_15_a_democratic_review_alone_does_not")]
    [TestCase(ParameterCodes.ExtremePovertySecondPosting, 1, TestName = "TK_15_a_second_posting")]
    public void Periods_fixed_by_law_are_as_the_law_fixes_them(string code, int value)
    {
        var parameter = Parameters.InForce(code, SyntheticHouseholds.Today);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parameter.Value, Is.EqualTo(value));
            Assert.That(parameter.IsSample, Is.False);
        }
    }
}
