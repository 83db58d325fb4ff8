using Assistance.Domain.Assessments;
using Assistance.Domain.HomeVisits;
using Assistance.Domain.Intake;
using Assistance.Domain.Postings;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Postings;

/// <summary>Objections to what is posted: 57 art. 19(2), TK art. 15.</summary>
public sealed class PostingObjectionTests
{
    private static readonly PolicyParameters Parameters = new(Seeds.Parameters);
    private static readonly DateOnly Today = new(2026, 9, 21);
    private static readonly DivisionCode Street = DivisionCode.Parse("140213054");
    private static readonly DivisionCode District = DivisionCode.Parse("140213");
    private static readonly ObjectionRule By57 = ObjectionRule.Of(Programme.SubsistenceAllowance, Parameters, Today);
    private static readonly ObjectionRule ByTk = ObjectionRule.Of(Programme.ExtremePovertySupport, Parameters, Today);

    [TestCase(Programme.SubsistenceAllowance, true, false, "57-19")]
    [TestCase(Programme.MarginalLowIncome, true, false, "57-19")]
    [TestCase(Programme.ExtremePovertySupport, false, true, "TK-15")]
    public void Each_programme_has_its_own_rule(Programme programme, bool review, bool second, string basis) =>
        Assert.That(ObjectionRule.Of(programme, Parameters, Today), Is.EqualTo(new ObjectionRule(review, second, basis)));

    [TestCase(Programme.EssentialExpenditureHardship)]
    [TestCase(Programme.TemporaryAssistance)]
    public void A_programme_without_a_rule_is_lent_none(Programme programme) =>
        Refused.With("no-parameter-in-force", () => ObjectionRule.Of(programme, Parameters, Today));

    [Test]
    public void Before_the_measures_were_in_force_there_is_no_rule() =>
        Refused.With("no-parameter-in-force", () => ObjectionRule.Of(Programme.SubsistenceAllowance, Parameters, new DateOnly(2021, 6, 30)));

    // 57 art. 19: within the posting, the first and the last day included.
    [TestCase(-1, false)]
    [TestCase(0, true)]
    [TestCase(7, true)]
    [TestCase(8, false)]
    public void An_objection_comes_in_while_the_posting_runs(int day, bool isWithin)
    {
        void Act() => PostingObjections.RequireWithin(Today.AddDays(day), Today, Today.AddDays(7));

        if (isWithin)
        {
            Assert.That(Act, Throws.Nothing);
            return;
        }

        var refusal = Refused.With("objection-outside-the-posting", Act);
        Assert.That((refusal.Basis, refusal.Arguments["postedOn"], refusal.Arguments["endsOn"]), Is.EqualTo(("57-19", "2026-09-21", "2026-09-28")));
    }

    [Test]
    public void A_new_investigation_is_the_streets_own_and_not_before_the_objection()
    {
        HomeVisit[] others =
        [
            new(HomeVisitMethod.OnSite, Street, Today.AddDays(-1)),
            new(HomeVisitMethod.OnSite, District, Today),
        ];

        Refused.With("reinvestigation-missing", () => PostingObjections.RequireReinvestigation([], Street, Today));
        Refused.With("reinvestigation-missing", () => PostingObjections.RequireReinvestigation(others, Street, Today));
        Assert.That(() => PostingObjections.RequireReinvestigation([.. others, new(HomeVisitMethod.OnSite, Street, Today)], Street, Today), Throws.Nothing);
    }

    // 57 art. 19(2) takes either; TK art. 15 asks for an investigation.
    [Test]
    public void A_democratic_review_answers_where_the_programme_says_so_and_after_the_objection()
    {
        Assert.That(() => PostingObjections.RequireDemocraticReview(By57, Today, Today), Throws.Nothing);
        Refused.With("democratic-review-too-early", () => PostingObjections.RequireDemocraticReview(By57, Today.AddDays(-1), Today));
        Assert.That(
            Refused.With("democratic-review-is-no-answer", () => PostingObjections.RequireDemocraticReview(ByTk, Today, Today)).Basis, Is.EqualTo("TK-15"));
    }

    // 57 art. 19(2): the new opinion goes up. TK art. 15: a new opinion, and it is posted again.
    [TestCase(ObjectionOutcome.Upheld, ApplicationState.Posted, ApplicationState.Posted, ApplicationState.Reviewed)]
    [TestCase(ObjectionOutcome.Changed, ApplicationState.Posted, ApplicationState.Accepted, ApplicationState.Accepted)]
    [TestCase(ObjectionOutcome.Upheld, ApplicationState.Reviewed, ApplicationState.Reviewed, ApplicationState.Reviewed)]
    [TestCase(ObjectionOutcome.Changed, ApplicationState.Reviewed, ApplicationState.Accepted, ApplicationState.Accepted)]
    [TestCase(ObjectionOutcome.Upheld, ApplicationState.Accepted, ApplicationState.Accepted, ApplicationState.Accepted)]
    public void What_follows_an_answer_is_the_programmes_rule(
        ObjectionOutcome outcome, ApplicationState state, ApplicationState by57, ApplicationState byTk)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PostingObjections.StateAfter(outcome, state, By57), Is.EqualTo(by57));
            Assert.That(PostingObjections.StateAfter(outcome, state, ByTk), Is.EqualTo(byTk));
        }
    }

    // The whitelists: N22 part 4(2) and 57 art. 24. Whoever adds a member here shows it to the street.
    [Test]
    public void Nothing_but_the_whitelist_can_be_shown()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                typeof(PostedOpinion).GetProperties().Select(member => member.Name),
                Is.EquivalentTo(new[] { "ApplicantName", "Members", "ProposedResult" }), "before");
            Assert.That(
                typeof(PublishedGrant).GetProperties().Select(member => member.Name),
                Is.EquivalentTo(new[] { "ApplicantName", "Members", "MonthlyFen" }), "after");
        }
    }
}
