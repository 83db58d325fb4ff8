using System.Reflection;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

/// <summary>Codes are published: callers branch on them, so they never change.</summary>
public sealed class RefusalsTests
{
    private static readonly DateOnly Day = new(2026, 9, 18);

    private static readonly TestCaseData[] Catalogue =
    [
        Row(Refusals.WrongState("Accept", "Granted", ["Received", "Accepted"]), ViolationKind.Conflict, "wrong-state", null,
            "act=Accept", "allowed=Received, Accepted", "state=Granted"),
        Row(Refusals.AlreadyApplied([new(1, Programme.SubsistenceAllowance, null), new(3, Programme.SubsistenceAllowance, "C-1")]),
            ViolationKind.Conflict, "already-applied", "57-4",
            "positions=1, 3", "programme=SubsistenceAllowance", "where=AnotherOffice, C-1", "caseNumber=C-1"),
        Row(Refusals.NotTheAcceptingOffice("140213050"), ViolationKind.Forbidden, "not-the-accepting-office", "57-2", "division=140213050"),
        Row(Refusals.NotTheDistrict(), ViolationKind.Forbidden, "not-the-district", "LAW-44"),
        Row(Refusals.DisclosureNotSealed(), ViolationKind.Conflict, "disclosure-not-sealed", "57-10"),
        Row(Refusals.DisclosureAlreadySealed("G-1"), ViolationKind.Conflict, "disclosure-already-sealed", "57-10", "number=G-1"),
        Row(Refusals.LookupsPending(3), ViolationKind.Conflict, "lookups-pending", "LAW-62", "count=3"),
        Row(Refusals.ItemsOutstanding(["a", "b"]), ViolationKind.Conflict, "items-outstanding", "57-10", "items=a, b"),
        Row(Refusals.DepartmentAnswersThis("tax-record", "Tax"), ViolationKind.Unprocessable, "department-answers-this", "LAW-62",
            "item=tax-record", "source=Tax"),
        Row(Refusals.NotOnTheSealedList("x"), ViolationKind.Unprocessable, "not-on-the-sealed-list", "57-10", "item=x"),
        Row(Refusals.AlreadyOnFile("x"), ViolationKind.Unprocessable, "already-on-file", "57-10", "item=x"),
        Row(Refusals.NotAssessed(), ViolationKind.Conflict, "not-assessed", "57-19"),
        Row(Refusals.AssessmentOutdated(), ViolationKind.Conflict, "assessment-outdated", "57-19"),
        Row(Refusals.AssessmentNeedsReview(["a", "b"]), ViolationKind.Conflict, "assessment-needs-review", "57-19", "findings=a, b"),
        Row(Refusals.OpinionContradictsAssessment("o", "r"), ViolationKind.Conflict, "opinion-contradicts-assessment", "57-19",
            "opinion=o", "outcome=r"),
        Row(Refusals.PostingStillRunning(Day), ViolationKind.Conflict, "posting-still-running", "57-19", "endsOn=2026-09-18"),
        Row(Refusals.NotPosted(), ViolationKind.Conflict, "not-posted", "57-19"),
        Row(Refusals.ObjectionOutsideThePosting(Day, Day.AddDays(7)), ViolationKind.Conflict, "objection-outside-the-posting", "57-19",
            "postedOn=2026-09-18", "endsOn=2026-09-25"),
        Row(Refusals.NothingToExtend("x"), ViolationKind.Conflict, "nothing-to-extend", "57-22", "ground=x"),
        Row(Refusals.PeriodOver(new DateOnly(2026, 9, 10)), ViolationKind.Conflict, "period-over", "57-22", "dueOn=2026-09-10"),
        Row(Refusals.PostingObjectionOpen(), ViolationKind.Conflict, "posting-objection-open", "57-19"),
        Row(Refusals.ObjectionAlreadyAnswered(), ViolationKind.Conflict, "objection-already-answered", "57-19"),
        Row(Refusals.ReinvestigationMissing(), ViolationKind.Conflict, "reinvestigation-missing", "57-19"),
        Row(Refusals.DemocraticReviewIsNoAnswer("TK-15"), ViolationKind.Conflict, "democratic-review-is-no-answer", "TK-15"),
        Row(Refusals.DemocraticReviewTooEarly(Day), ViolationKind.Unprocessable, "democratic-review-too-early", "57-19", "receivedOn=2026-09-18"),
        Row(Refusals.OwnReview(), ViolationKind.Forbidden, "own-review", "LAW-44"),
        Row(Refusals.RefusalWithoutReasons(), ViolationKind.Unprocessable, "refusal-without-reasons", "LAW-45"),
        Row(Refusals.HearingMissing("Stop"), ViolationKind.Conflict, "prior-hearing-missing", "LAW-48", "kind=Stop"),
        Row(Refusals.HearingNotNeeded("Increase"), ViolationKind.Conflict, "prior-hearing-not-needed", "LAW-48", "kind=Increase"),
        Row(Refusals.HearingAdopted(), ViolationKind.Conflict, "hearing-adopted-reassess", "LAW-48"),
        Row(Refusals.AdjustmentOpen(), ViolationKind.Conflict, "adjustment-open", "LAW-47"),
        Row(Refusals.NothingToDecide(), ViolationKind.Conflict, "nothing-to-decide", "LAW-47"),
        Row(Refusals.LookupNotPermitted(LookupBar.ConsentRevoked), ViolationKind.Forbidden, "lookup-not-permitted", "LAW-40", "bar=ConsentRevoked"),
        Row(Refusals.NoStandardInForce("p", Day), ViolationKind.Conflict, "no-parameter-in-force", "LAW-19", "on=2026-09-18", "parameter=p"),
        Row(Refusals.OwnProposal(), ViolationKind.Conflict, "own-proposal", "LAW-19"),
        Row(Refusals.NotTheProposer(), ViolationKind.Conflict, "not-the-proposer", "LAW-19"),
        Row(Refusals.ProposalOutdated([2, 5]), ViolationKind.Conflict, "proposal-outdated", "LAW-19", "lines=2, 5"),
        Row(Refusals.NotTheReceivingOffice("d"), ViolationKind.Forbidden, "not-the-receiving-office", "LAW-64", "division=d"),
        Row(Refusals.NothingToTakeUp(), ViolationKind.Conflict, "nothing-to-take-up", "LAW-64"),
        Row(Refusals.ArbitrationOpen(), ViolationKind.Conflict, "arbitration-open", "PC-RESIDENCE"),
        Row(Refusals.NoArbitrationRequested(), ViolationKind.Conflict, "no-arbitration-requested", "PC-RESIDENCE"),
        Row(Refusals.TransferOpen("d"), ViolationKind.Conflict, "transfer-open", "LAW-64", "division=d"),
        Row(Refusals.CompositionIsDecidedByRule("Counts"), ViolationKind.Conflict, "composition-decided-by-rule", "57-7", "standing=Counts"),
        Row(Refusals.MovedBeforeTheApplication(), ViolationKind.Unprocessable, "moved-before-the-application", "PC-RESIDENCE"),
        Row(Refusals.ReportOnTheAward(), ViolationKind.Conflict, "report-on-the-award", "LAW-46"),
        Row(Refusals.SamePlace(), ViolationKind.Conflict, "same-place", null),
        Row(Refusals.AlreadyAsked("x"), ViolationKind.Unprocessable, "already-asked", "57-10", "item=x"),
        Row(Refusals.AlreadyAcknowledged("n"), ViolationKind.Conflict, "already-acknowledged", null, "number=n"),
        Row(Refusals.NothingSupplied("x"), ViolationKind.Conflict, "nothing-supplied", null, "item=x"),
        Row(Refusals.NothingToContest("x"), ViolationKind.Conflict, "nothing-to-contest", "57-18", "item=x"),
        Row(Refusals.NotRequired("x"), ViolationKind.Conflict, "not-required", "57-10", "item=x"),
        Row(Refusals.NoProcedureForProgramme("p"), ViolationKind.Conflict, "no-procedure-for-programme", null, "programme=p"),
        Row(Refusals.NoRulesForProgramme("p"), ViolationKind.Conflict, "no-rules-for-programme", null, "programme=p"),
        Row(Refusals.TooManyDrafts(500), ViolationKind.Conflict, "too-many-drafts", "PIPL-19", "most=500"),
        Row(Refusals.MandateDoesNotCover("Apply", "MandateEnded"), ViolationKind.Unprocessable, "mandate-does-not-cover", "57-6",
            "cause=MandateEnded", "scope=Apply"),
        Row(Refusals.MandateNotTheirsToGrant(), ViolationKind.Unprocessable, "mandate-not-theirs-to-grant", "57-6"),
        Row(Refusals.MandateAlreadyRevoked(), ViolationKind.Conflict, "mandate-already-revoked", "57-6"),
        Row(Refusals.GuardianNotNeeded(), ViolationKind.Unprocessable, "guardian-not-needed", "57-6"),
        Row(Refusals.DistrictHomeVisitMissing(Day), ViolationKind.Conflict, "district-home-visit-missing", "57-20", "since=2026-09-18"),
        Row(Refusals.MemberNotInHousehold(), ViolationKind.Unprocessable, "member-not-in-household", "57-7"),
        Row(Refusals.TooManyAttachments(200), ViolationKind.Conflict, "too-many-attachments", null, "most=200"),
        Row(Refusals.UploadInProgress(), ViolationKind.Conflict, "upload-in-progress", null),
        Row(Refusals.UploadOffsetDiffers(5_000_000_000), ViolationKind.Conflict, "upload-offset-differs", null, "offset=5000000000"),
        Row(Refusals.AttachmentRejected("HashMismatch"), ViolationKind.Conflict, "attachment-rejected", null, "cause=HashMismatch"),
        Row(Refusals.NoSuchDisagreement(DisagreementField.Wages), ViolationKind.Conflict, "no-such-disagreement", "57-17", "field=disagreement.Wages"),
        Row(Refusals.StatementsChanged(DisagreementField.Wages), ViolationKind.Conflict, "statements-changed", "57-17", "field=disagreement.Wages"),
        Row(Refusals.SourceStatesNothing(DisagreementField.Wages, LookupSource.Tax), ViolationKind.Unprocessable, "source-states-nothing", "57-17",
            "field=disagreement.Wages", "source=Tax"),
        Row(Refusals.StatementsDoNotAddUp(DisagreementField.Marriage), ViolationKind.Unprocessable, "statements-do-not-add-up", "57-17",
            "field=disagreement.Marriage"),
        Row(Refusals.AttachmentNotComplete("Uploading"), ViolationKind.Conflict, "attachment-not-complete", null, "state=Uploading"),
        Row(Refusals.ConsentNotOfTheCase(), ViolationKind.Unprocessable, "consent-not-of-the-case", "57-9"),
        Row(Refusals.ConsentNotTheirsToSign("LAW-41"), ViolationKind.Unprocessable, "consent-not-theirs-to-sign", "LAW-41"),
        Row(Refusals.ConsentAlreadyRefused(), ViolationKind.Conflict, "consent-already-refused", "LAW-40"),
    ];

    [TestCaseSource(nameof(Catalogue))]
    public void A_refusal_has_its_code_its_basis_and_its_arguments(
        RuleViolation refusal, ViolationKind kind, string code, string? basis, string[] arguments)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Kind, Is.EqualTo(kind));
            Assert.That(refusal.Code, Is.EqualTo(code));
            Assert.That(refusal.Message, Is.EqualTo(code));
            Assert.That(refusal.Basis, Is.EqualTo(basis));
            Assert.That(refusal.Arguments.Select(pair => $"{pair.Key}={pair.Value}"), Is.EquivalentTo(arguments));
        }
    }

    [Test]
    public void Every_refusal_of_the_catalogue_is_listed_here() =>
        Assert.That(
            typeof(Refusals).GetMethods(BindingFlags.Public | BindingFlags.Static).Length, Is.EqualTo(Catalogue.Length));

    [Test]
    public void No_two_refusals_share_a_code() =>
        Assert.That(Catalogue.Select(row => ((RuleViolation)row.Arguments[0]!).Code), Is.Unique);

    [Test]
    public void Who_is_held_by_a_case_that_the_officer_may_not_see_is_told_without_its_number() =>
        Assert.That(
            Refusals.AlreadyApplied([new(2, Programme.SubsistenceAllowance, null)]).Arguments.Select(pair => $"{pair.Key}={pair.Value}"),
            Is.EquivalentTo(new[] { "positions=2", "programme=SubsistenceAllowance", "where=AnotherOffice" }));

    private static TestCaseData Row(RuleViolation refusal, ViolationKind kind, string code, string? basis, params string[] arguments) =>
        new TestCaseData(refusal, kind, code, basis, arguments).SetArgDisplayNames(code);
}
