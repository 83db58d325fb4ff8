using Assistance.Domain.Lookups;

namespace Assistance.Domain.Shared;

/// <summary>The catalogue of refused acts: one factory a refusal, with its stable code and legal basis.</summary>
public static class Refusals
{
    public const string AlreadyAppliedCode = "already-applied";

    public const string LookupNotPermittedCode = "lookup-not-permitted";

    public static RuleViolation WrongState(string act, string state, IEnumerable<string> allowed) =>
        new(ViolationKind.Conflict, "wrong-state", arguments: Arguments(
            ("act", act), ("state", state), ("allowed", string.Join(", ", allowed))));

    /// <param name="members">Everybody who is held, and where, as far as the officer may see it.</param>
    public static RuleViolation AlreadyApplied(IReadOnlyList<BlockedMember> members)
    {
        var arguments = Arguments(
            ("positions", Words(members.Select(member => Text(member.Member)))),
            ("programme", Words(members.Select(member => member.Programme.ToString()))),
            ("where", Words(members.Select(member => member.CaseNumber ?? AnotherOffice))));
        if (members.Select(member => member.CaseNumber).FirstOrDefault(caseNumber => caseNumber is not null) is { } caseNumber)
        {
            arguments.Add("caseNumber", caseNumber);
        }

        return new RuleViolation(ViolationKind.Conflict, AlreadyAppliedCode, LegalBases.HouseholdIsTheUnit, arguments) { Members = members };
    }

    public static RuleViolation NotTheAcceptingOffice(string divisionCode) =>
        new(ViolationKind.Forbidden, "not-the-accepting-office", LegalBases.SubdistrictReviews, Arguments(("division", divisionCode)));

    public static RuleViolation NotTheReceivingOffice(string divisionCode) =>
        new(ViolationKind.Forbidden, "not-the-receiving-office", LegalBases.OneWindow, Arguments(("division", divisionCode)));

    public static RuleViolation NothingToTakeUp() =>
        new(ViolationKind.Conflict, "nothing-to-take-up", LegalBases.OneWindow);

    public static RuleViolation ArbitrationOpen() =>
        new(ViolationKind.Conflict, "arbitration-open", LegalBases.LocalResidenceNotice);

    public static RuleViolation NoArbitrationRequested() =>
        new(ViolationKind.Conflict, "no-arbitration-requested", LegalBases.LocalResidenceNotice);

    public static RuleViolation TransferOpen(string divisionCode) =>
        new(ViolationKind.Conflict, "transfer-open", LegalBases.OneWindow, Arguments(("division", divisionCode)));

    public static RuleViolation NotTheDistrict() =>
        new(ViolationKind.Forbidden, "not-the-district", LegalBases.DistrictConfirms);

    public static RuleViolation DisclosureNotSealed() =>
        new(ViolationKind.Conflict, "disclosure-not-sealed", LegalBases.ToldOnce);

    public static RuleViolation DisclosureAlreadySealed(string number) =>
        new(ViolationKind.Conflict, "disclosure-already-sealed", LegalBases.ToldOnce, Arguments(("number", number)));

    public static RuleViolation LookupsPending(int count) =>
        new(ViolationKind.Conflict, "lookups-pending", LegalBases.VerifiableMayNotBeAsked, Arguments(("count", Text(count))));

    /// <summary>Asking about somebody for no open case, or without a consent that holds, is forbidden and a security event (Act art. 70(6)).</summary>
    public static RuleViolation LookupNotPermitted(LookupBar bar) =>
        new(ViolationKind.Forbidden, LookupNotPermittedCode,
            bar is LookupBar.CaseClosed or LookupBar.NotOfTheCase or LookupBar.SourceNotNeeded ? LegalBases.NoWrongfulRefusal : LegalBases.ConsentToVerification,
            Arguments(("bar", bar.ToString())));

    public static RuleViolation ConsentNotOfTheCase() =>
        new(ViolationKind.Unprocessable, "consent-not-of-the-case", LegalBases.MembersDuties);

    public static RuleViolation ConsentNotTheirsToSign(string basis) =>
        new(ViolationKind.Unprocessable, "consent-not-theirs-to-sign", basis);

    public static RuleViolation ConsentAlreadyRefused() =>
        new(ViolationKind.Conflict, "consent-already-refused", LegalBases.ConsentToVerification);

    public static RuleViolation ItemsOutstanding(IEnumerable<string> items) =>
        new(ViolationKind.Conflict, "items-outstanding", LegalBases.ToldOnce, Arguments(("items", string.Join(", ", items))));

    public static RuleViolation DepartmentAnswersThis(string item, string source) =>
        new(ViolationKind.Unprocessable, "department-answers-this", LegalBases.VerifiableMayNotBeAsked, Arguments(
            ("item", item), ("source", source)));

    public static RuleViolation NotOnTheSealedList(string item) =>
        new(ViolationKind.Unprocessable, "not-on-the-sealed-list", LegalBases.ToldOnce, Arguments(("item", item)));

    public static RuleViolation AlreadyOnFile(string item) =>
        new(ViolationKind.Unprocessable, "already-on-file", LegalBases.ToldOnce, Arguments(("item", item)), LegalBases.LocalOnceOnly);

    public static RuleViolation AlreadyAsked(string item) =>
        new(ViolationKind.Unprocessable, "already-asked", LegalBases.ToldOnce, Arguments(("item", item)));

    public static RuleViolation AlreadyAcknowledged(string number) =>
        new(ViolationKind.Conflict, "already-acknowledged", arguments: Arguments(("number", number)));

    public static RuleViolation NothingSupplied(string item) =>
        new(ViolationKind.Conflict, "nothing-supplied", arguments: Arguments(("item", item)));

    public static RuleViolation NothingToContest(string item) =>
        new(ViolationKind.Conflict, "nothing-to-contest", LegalBases.RecheckOnObjection, Arguments(("item", item)));

    public static RuleViolation NotRequired(string item) =>
        new(ViolationKind.Conflict, "not-required", LegalBases.ToldOnce, Arguments(("item", item)));

    public static RuleViolation NoRulesForProgramme(string programme) =>
        new(ViolationKind.Conflict, "no-rules-for-programme", arguments: Arguments(("programme", programme)));

    public static RuleViolation NoProcedureForProgramme(string programme) =>
        new(ViolationKind.Conflict, "no-procedure-for-programme", arguments: Arguments(("programme", programme)));

    public static RuleViolation NotAssessed() =>
        new(ViolationKind.Conflict, "not-assessed", LegalBases.ReviewFromInvestigation);

    public static RuleViolation AssessmentOutdated() =>
        new(ViolationKind.Conflict, "assessment-outdated", LegalBases.ReviewFromInvestigation);

    public static RuleViolation AssessmentNeedsReview(IEnumerable<string> findings) =>
        new(ViolationKind.Conflict, "assessment-needs-review", LegalBases.ReviewFromInvestigation, Arguments(
            ("findings", string.Join(", ", findings))));

    public static RuleViolation OpinionContradictsAssessment(string opinion, string outcome) =>
        new(ViolationKind.Conflict, "opinion-contradicts-assessment", LegalBases.ReviewFromInvestigation, Arguments(
            ("opinion", opinion), ("outcome", outcome)));

    public static RuleViolation PostingStillRunning(DateOnly endsOn) =>
        new(ViolationKind.Conflict, "posting-still-running", LegalBases.PublicPosting, Arguments(("endsOn", Text(endsOn))));

    public static RuleViolation NothingToExtend(string ground) =>
        new(ViolationKind.Conflict, "nothing-to-extend", LegalBases.TotalPeriod, Arguments(("ground", ground)));

    public static RuleViolation PeriodOver(DateOnly dueOn) =>
        new(ViolationKind.Conflict, "period-over", LegalBases.TotalPeriod, Arguments(("dueOn", Text(dueOn))));

    public static RuleViolation NotPosted() =>
        new(ViolationKind.Conflict, "not-posted", LegalBases.PublicPosting);

    public static RuleViolation ObjectionOutsideThePosting(DateOnly postedOn, DateOnly endsOn) =>
        new(ViolationKind.Conflict, "objection-outside-the-posting", LegalBases.PublicPosting, Arguments(
            ("postedOn", Text(postedOn)), ("endsOn", Text(endsOn))));

    public static RuleViolation PostingObjectionOpen() =>
        new(ViolationKind.Conflict, "posting-objection-open", LegalBases.PublicPosting);

    public static RuleViolation ObjectionAlreadyAnswered() =>
        new(ViolationKind.Conflict, "objection-already-answered", LegalBases.PublicPosting);

    public static RuleViolation ReinvestigationMissing() =>
        new(ViolationKind.Conflict, "reinvestigation-missing", LegalBases.PublicPosting);

    /// <param name="basis">The article that asks for a new investigation.</param>
    public static RuleViolation DemocraticReviewIsNoAnswer(string basis) =>
        new(ViolationKind.Conflict, "democratic-review-is-no-answer", basis);

    public static RuleViolation DemocraticReviewTooEarly(DateOnly receivedOn) =>
        new(ViolationKind.Unprocessable, "democratic-review-too-early", LegalBases.PublicPosting, Arguments(("receivedOn", Text(receivedOn))));

    public static RuleViolation OwnReview() =>
        new(ViolationKind.Forbidden, "own-review", LegalBases.DistrictConfirms);

    public static RuleViolation RefusalWithoutReasons() =>
        new(ViolationKind.Unprocessable, "refusal-without-reasons", LegalBases.RefusalInWriting);

    public static RuleViolation HearingMissing(string kind) =>
        new(ViolationKind.Conflict, "prior-hearing-missing", LegalBases.PriorHearing, Arguments(("kind", kind)));

    public static RuleViolation HearingNotNeeded(string kind) =>
        new(ViolationKind.Conflict, "prior-hearing-not-needed", LegalBases.PriorHearing, Arguments(("kind", kind)));

    public static RuleViolation HearingAdopted() =>
        new(ViolationKind.Conflict, "hearing-adopted-reassess", LegalBases.PriorHearing);

    public static RuleViolation AdjustmentOpen() =>
        new(ViolationKind.Conflict, "adjustment-open", LegalBases.AdjustByChange);

    public static RuleViolation NothingToDecide() =>
        new(ViolationKind.Conflict, "nothing-to-decide", LegalBases.AdjustByChange);

    public static RuleViolation NoStandardInForce(string parameter, DateOnly on) =>
        new(ViolationKind.Conflict, "no-parameter-in-force", LegalBases.ProvinceSetsTheStandard, Arguments(
            ("parameter", parameter), ("on", Text(on))));

    /// <summary>Whoever proposed numbers does not put them in force too.</summary>
    public static RuleViolation OwnProposal() =>
        new(ViolationKind.Conflict, "own-proposal", LegalBases.ProvinceSetsTheStandard);

    public static RuleViolation NotTheProposer() =>
        new(ViolationKind.Conflict, "not-the-proposer", LegalBases.ProvinceSetsTheStandard);

    /// <param name="lines">The lines of the proposed rows that do not fit any more.</param>
    public static RuleViolation ProposalOutdated(IEnumerable<int> lines) =>
        new(ViolationKind.Conflict, "proposal-outdated", LegalBases.ProvinceSetsTheStandard, Arguments(
            ("lines", Words(lines.Select(line => Text(line))))));

    public static RuleViolation CompositionIsDecidedByRule(string standing) =>
        new(ViolationKind.Conflict, "composition-decided-by-rule", LegalBases.HouseholdMembers, Arguments(("standing", standing)));

    public static RuleViolation MovedBeforeTheApplication() =>
        new(ViolationKind.Unprocessable, "moved-before-the-application", LegalBases.LocalResidenceNotice);

    public static RuleViolation ReportOnTheAward() =>
        new(ViolationKind.Conflict, "report-on-the-award", LegalBases.ReportChanges);

    public static RuleViolation SamePlace() =>
        new(ViolationKind.Conflict, "same-place", arguments: Arguments());

    public static RuleViolation MemberNotInHousehold() =>
        new(ViolationKind.Unprocessable, "member-not-in-household", LegalBases.HouseholdMembers);

    public static RuleViolation TooManyDrafts(int most) =>
        new(ViolationKind.Conflict, "too-many-drafts", LegalBases.ShortestStorage, Arguments(("most", Text(most))));

    public static RuleViolation TooManyAttachments(int most) =>
        new(ViolationKind.Conflict, "too-many-attachments", arguments: Arguments(("most", Text(most))));

    public static RuleViolation UploadInProgress() =>
        new(ViolationKind.Conflict, "upload-in-progress");

    public static RuleViolation UploadOffsetDiffers(long offset) =>
        new(ViolationKind.Conflict, "upload-offset-differs", arguments: Arguments(("offset", Text(offset))));

    public static RuleViolation AttachmentRejected(string cause) =>
        new(ViolationKind.Conflict, "attachment-rejected", arguments: Arguments(("cause", cause)));

    public static RuleViolation AttachmentNotComplete(string state) =>
        new(ViolationKind.Conflict, "attachment-not-complete", arguments: Arguments(("state", state)));

    public static RuleViolation MandateDoesNotCover(string scope, string cause) =>
        new(ViolationKind.Unprocessable, "mandate-does-not-cover", LegalBases.AgentsMayAct, Arguments(("scope", scope), ("cause", cause)));

    public static RuleViolation MandateNotTheirsToGrant() =>
        new(ViolationKind.Unprocessable, "mandate-not-theirs-to-grant", LegalBases.AgentsMayAct);

    public static RuleViolation MandateAlreadyRevoked() =>
        new(ViolationKind.Conflict, "mandate-already-revoked", LegalBases.AgentsMayAct);

    public static RuleViolation GuardianNotNeeded() =>
        new(ViolationKind.Unprocessable, "guardian-not-needed", LegalBases.AgentsMayAct);

    public static RuleViolation DistrictHomeVisitMissing(DateOnly since) =>
        new(ViolationKind.Conflict, "district-home-visit-missing", LegalBases.DistrictOpinion, Arguments(("since", Text(since))));

    public static RuleViolation NoSuchDisagreement(DisagreementField field) =>
        new(ViolationKind.Conflict, "no-such-disagreement", LegalBases.VerificationStarts, Arguments(("field", Word(field))));

    public static RuleViolation StatementsChanged(DisagreementField field) =>
        new(ViolationKind.Conflict, "statements-changed", LegalBases.VerificationStarts, Arguments(("field", Word(field))));

    public static RuleViolation SourceStatesNothing(DisagreementField field, LookupSource source) =>
        new(ViolationKind.Unprocessable, "source-states-nothing", LegalBases.VerificationStarts, Arguments(
            ("field", Word(field)), ("source", source.ToString())));

    public static RuleViolation StatementsDoNotAddUp(DisagreementField field) =>
        new(ViolationKind.Unprocessable, "statements-do-not-add-up", LegalBases.VerificationStarts, Arguments(("field", Word(field))));

    // Words of their own: a field may be called as a department is.
    private static string Word(DisagreementField field) => $"disagreement.{field}";

    // A code with a word of its own: which office it is, is not for this one to know.
    private const string AnotherOffice = "AnotherOffice";

    private static string Words(IEnumerable<string> codes) => string.Join(", ", codes.Distinct());

    private static Dictionary<string, string> Arguments(params (string Name, string Value)[] arguments) =>
        arguments.ToDictionary(argument => argument.Name, argument => argument.Value);

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
