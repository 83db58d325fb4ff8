using Assistance.Domain.Shared;
using static Assistance.Domain.Intake.ApplicationState;
using static Assistance.Domain.Shared.ActingOffice;
using static Assistance.Domain.Shared.OfficerRole;

namespace Assistance.Domain.Intake;

/// <summary>
/// The procedure of an application as data, one row an act (57 chapters 2 to 4; Act arts 37 to 48 and 64). The state gate and the
/// policies of the routes read it, so that it cannot say otherwise than the service acts; needs and clocks are held to it in tests.
/// </summary>
public static class ApplicationProcedure
{
    private static readonly ApplicationState[] Undecided = [.. Enum.GetValues<ApplicationState>().Where(state => state.IsOpen)];

    private static readonly ApplicationState[] AcceptedAndUndecided = [.. Undecided.Where(state => state != Received)];

    // As long as anything may be asked or reviewed, an award's household included.
    private static readonly ApplicationState[] UndecidedOrGranted = [.. Undecided, Granted];

    private static readonly ApplicationState[] ReceivedOrAccepted = [Received, Accepted];

    // What the opinion and the decision rest on.
    private static readonly string[] CurrentAssessment =
        ["not-assessed", "assessment-outdated", "assessment-needs-review", "opinion-contradicts-assessment"];

    public static Procedure<ApplicationAct, ApplicationState> Table { get; } = new(
    [
        new()
        {
            Act = ApplicationAct.Submit,
            From = [],
            To = [Received, TransferredOut],
            Roles = [Clerk],
            Office = AnyThatSeesIt,
            Needs = ["already-applied", "mandate-does-not-cover", "mandate-not-theirs-to-grant", "guardian-not-needed"],
            Clocks = [Starts(ProcedureClocks.StartVerification, ClockCondition.AcceptedHere), Starts(ProcedureClocks.TakeUp, ClockCondition.SentOn)],
            BasisCode = LegalBases.ApplyAtRegistration,
        },
        new()
        {
            Act = ApplicationAct.SealDisclosure,
            From = [Received],
            Roles = [Clerk],
            Office = AcceptingOfficeOrDistrict,
            Needs = ["disclosure-already-sealed", "lookups-pending"],
            BasisCode = LegalBases.ToldOnce,
        },
        new()
        {
            Act = ApplicationAct.AcknowledgeDisclosure,
            From = ReceivedOrAccepted,
            Roles = [Clerk],
            Office = AnyThatSeesIt,
            Needs = ["disclosure-not-sealed", "already-acknowledged", "member-not-in-household", "mandate-does-not-cover"],
            BasisCode = LegalBases.ToldOnce,
        },
        new()
        {
            Act = ApplicationAct.OverrideDisclosure,
            From = ReceivedOrAccepted,
            Roles = [Supervisor],
            Office = AcceptingOfficeOrDistrict,
            Needs = ["disclosure-not-sealed", "department-answers-this", "already-on-file", "already-asked", "not-on-the-sealed-list", "member-not-in-household"],
            BasisCode = LegalBases.ToldOnce,
        },
        new()
        {
            // A promise may be made good after acceptance.
            Act = ApplicationAct.SupplyItem,
            From = ReceivedOrAccepted,
            Roles = [Clerk],
            Office = AnyThatSeesIt,
            Needs = ["disclosure-not-sealed", "department-answers-this", "already-on-file", "not-on-the-sealed-list", "mandate-does-not-cover", "too-many-attachments"],
            BasisCode = LegalBases.ToldOnce,
        },
        new()
        {
            Act = ApplicationAct.ReturnSupply,
            From = ReceivedOrAccepted,
            Roles = [Clerk],
            Office = AcceptingOfficeOrDistrict,
            Needs = ["nothing-supplied", "department-answers-this", "already-on-file"],
            BasisCode = LegalBases.ToldOnce,
        },
        new()
        {
            Act = ApplicationAct.WaiveItem,
            From = ReceivedOrAccepted,
            Roles = [Supervisor],
            Office = AcceptingOfficeOrDistrict,
            Needs = ["not-required"],
            BasisCode = LegalBases.ToldOnce,
        },
        new()
        {
            // On an objection the office must check again, however far it has come; also what a review of an award in payment found.
            Act = ApplicationAct.Contest,
            From = UndecidedOrGranted,
            Roles = [Clerk],
            Office = AnyThatSeesIt,
            Needs = ["nothing-to-contest", "mandate-does-not-cover"],
            BasisCode = LegalBases.RecheckOnObjection,
        },
        new()
        {
            Act = ApplicationAct.Accept,
            From = [Received],
            To = [Accepted],
            Roles = [Clerk],
            Office = AcceptingOffice,
            Needs = ["disclosure-not-sealed", "items-outstanding"],
            Clocks = [Starts(ProcedureClocks.StartInvestigation), Starts(ProcedureClocks.Total), Meets(ProcedureClocks.TakeUp, ClockCondition.NotForAMove)],
            BasisCode = LegalBases.ToldOnce,
        },
        new()
        {
            Act = ApplicationAct.Verify,
            From = Undecided,
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["lookups-pending"],
            BasisCode = LegalBases.VerificationStarts,
        },
        new()
        {
            // A late answer may come after the review; an assessment that then differs takes the application back to it.
            Act = ApplicationAct.Assess,
            From = AcceptedAndUndecided,
            To = [Accepted],
            MayStay = true,
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["lookups-pending", "no-rules-for-programme"],
            Clocks = [Meets(ProcedureClocks.StartInvestigation), new(ClockEffect.Withdraws, ProcedureClocks.DistrictOpinion, ClockCondition.ResultDiffers)],
            BasisCode = LegalBases.ReviewFromInvestigation,
        },
        new()
        {
            Act = ApplicationAct.Review,
            From = [Accepted],
            To = [Reviewed],
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["no-procedure-for-programme", .. CurrentAssessment],
            BasisCode = LegalBases.ReviewFromInvestigation,
        },
        new()
        {
            Act = ApplicationAct.Post,
            From = [Reviewed],
            To = [Posted],
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["assessment-outdated", "posting-objection-open"],
            BasisCode = LegalBases.PublicPosting,
        },
        new()
        {
            Act = ApplicationAct.RecordPostingObjection,
            From = [Posted],
            Roles = [Clerk, Reviewer],
            Office = AcceptingOffice,
            Needs = ["objection-outside-the-posting"],
            Clocks = [new(ClockEffect.Extends, ProcedureClocks.Total, ClockCondition.FirstObjection)],
            BasisCode = LegalBases.PublicPosting,
        },
        new()
        {
            // The opinion may fall by a new assessment before the objection that led to it is answered.
            Act = ApplicationAct.AnswerPostingObjection,
            From = [Accepted, Reviewed, Posted],
            To = [Accepted],
            MayStay = true,
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["objection-already-answered", "reinvestigation-missing", "democratic-review-is-no-answer", "democratic-review-too-early"],
            BasisCode = LegalBases.PublicPosting,
        },
        new()
        {
            Act = ApplicationAct.ExtendPeriod,
            From = AcceptedAndUndecided,
            Roles = [Supervisor],
            Office = AcceptingOfficeOrDistrict,
            Needs = ["nothing-to-extend", "period-over"],
            Clocks = [new(ClockEffect.Extends, ProcedureClocks.Total)],
            BasisCode = LegalBases.TotalPeriod,
        },
        new()
        {
            // Reviewed only where an objection changed what was posted, and the programme asks for no second posting.
            Act = ApplicationAct.ReportToDistrict,
            From = [Reviewed, Posted],
            To = [WithDistrict],
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["posting-still-running", "posting-objection-open", "not-posted"],
            Clocks = [Starts(ProcedureClocks.DistrictOpinion)],
            BasisCode = LegalBases.PublicPosting,
        },
        new()
        {
            Act = ApplicationAct.Confirm,
            From = [WithDistrict],
            To = [Granted, Refused],
            Roles = [Confirmer],
            Office = District,
            Needs = ["own-review", "district-home-visit-missing", .. CurrentAssessment],
            Clocks = [Meets(ProcedureClocks.DistrictOpinion), Meets(ProcedureClocks.Total)],
            BasisCode = LegalBases.DistrictConfirms,
        },
        new()
        {
            Act = ApplicationAct.TakeUp,
            From = [.. Undecided, TransferredOut],
            To = [TransferredOut],
            MayStay = true,
            Roles = [Clerk, Reviewer, Supervisor],
            Office = OfficeItWasSentTo,
            Needs = ["nothing-to-take-up"],
            Clocks = [Meets(ProcedureClocks.TakeUp), new(ClockEffect.Extends, ProcedureClocks.Total, ClockCondition.ResidenceDiffers)],
            BasisCode = LegalBases.OneWindow,
        },
        new()
        {
            Act = ApplicationAct.RequestArbitration,
            From = ReceivedOrAccepted,
            Roles = [Clerk, Reviewer, Supervisor],
            Office = AcceptingOffice,
            Needs = ["arbitration-open"],
            Clocks = [Starts(ProcedureClocks.Arbitration)],
            BasisCode = LegalBases.LocalResidenceNotice,
        },
        new()
        {
            Act = ApplicationAct.Arbitrate,
            From = ReceivedOrAccepted,
            Roles = [Supervisor],
            Office = District,
            Needs = ["no-arbitration-requested"],
            Clocks =
            [
                Meets(ProcedureClocks.Arbitration),
                new(ClockEffect.Withdraws, ProcedureClocks.TakeUp, ClockCondition.Superseded),
                Starts(ProcedureClocks.TakeUp, ClockCondition.SentOn),
            ],
            BasisCode = LegalBases.LocalResidenceNotice,
        },
        new()
        {
            Act = ApplicationAct.Move,
            From = Undecided,
            Roles = [Clerk],
            Office = AcceptingOffice,
            Needs = ["moved-before-the-application", "arbitration-open", "same-place"],
            Clocks =
            [
                new(ClockEffect.Withdraws, ProcedureClocks.TakeUp, ClockCondition.Superseded),
                Starts(ProcedureClocks.TakeUp, ClockCondition.SentOn),
                new(ClockEffect.Extends, ProcedureClocks.Total, ClockCondition.ResidenceDiffers),
            ],
            BasisCode = LegalBases.ReportChanges,
        },
        new()
        {
            Act = ApplicationAct.ReportChange,
            From = Undecided,
            Roles = [Clerk],
            Office = AcceptingOffice,
            Needs = ["report-on-the-award", "member-not-in-household"],
            BasisCode = LegalBases.ReportChanges,
        },
        new()
        {
            Act = ApplicationAct.DetermineComposition,
            From = Undecided,
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["composition-decided-by-rule", "member-not-in-household"],
            BasisCode = LegalBases.HouseholdMembers,
        },
        new()
        {
            Act = ApplicationAct.RecordAgentMandate,
            From = UndecidedOrGranted,
            Roles = [Clerk],
            Office = AnyThatSeesIt,
            Needs = ["mandate-not-theirs-to-grant", "guardian-not-needed", "member-not-in-household"],
            BasisCode = LegalBases.AgentsMayAct,
        },
        new()
        {
            // Of applications that are accepted (57 art. 11), and before the decision that rests on it.
            Act = ApplicationAct.RecordRelatedStaff,
            From = AcceptedAndUndecided,
            Roles = [Clerk, Reviewer],
            Office = AcceptingOfficeOrDistrict,
            Needs = ["member-not-in-household"],
            BasisCode = LegalBases.RelatedStaff,
        },
        new()
        {
            Act = ApplicationAct.RecordComplaint,
            From = AcceptedAndUndecided,
            Roles = [Clerk, Reviewer],
            Office = AcceptingOfficeOrDistrict,
            BasisCode = LegalBases.DistrictOpinion,
        },
        new()
        {
            Act = ApplicationAct.RecordHomeVisit,
            From = AcceptedAndUndecided,
            Roles = [Visitor, Reviewer, Confirmer],
            Office = AcceptingOfficeOrDistrict,
            Needs = ["member-not-in-household"],
            Clocks = [Meets(ProcedureClocks.StartInvestigation)],
            BasisCode = LegalBases.HomeVisits,
        },
        new()
        {
            // Answers differ while an application is worked on, and again at each review of what is in payment.
            Act = ApplicationAct.ResolveDisagreement,
            From = UndecidedOrGranted,
            Roles = [Clerk, Reviewer],
            Office = AcceptingOffice,
            Needs = ["no-such-disagreement", "statements-changed", "source-states-nothing", "statements-do-not-add-up"],
            BasisCode = LegalBases.VerificationStarts,
        },
        new()
        {
            Act = ApplicationAct.RecordConsent,
            From = UndecidedOrGranted,
            Roles = [Clerk],
            Office = AnyThatSeesIt,
            Needs = ["consent-not-of-the-case", "consent-not-theirs-to-sign", "mandate-does-not-cover"],
            BasisCode = LegalBases.ConsentToVerification,
        },
        new()
        {
            // A consent can be withdrawn at any time (个人信息保护法 art. 15), also when the case is over: its answers would serve others.
            Act = ApplicationAct.RevokeConsent,
            From = Enum.GetValues<ApplicationState>(),
            Roles = [Clerk],
            Office = AnyThatSeesIt,
            Needs = ["consent-not-of-the-case", "consent-already-refused", "mandate-does-not-cover"],
            BasisCode = LegalBases.ConsentToVerification,
        },
    ]);

    private static ClockStep Starts(string clock, ClockCondition? when = null) => new(ClockEffect.Starts, clock, when);

    private static ClockStep Meets(string clock, ClockCondition? when = null) => new(ClockEffect.Meets, clock, when);
}
