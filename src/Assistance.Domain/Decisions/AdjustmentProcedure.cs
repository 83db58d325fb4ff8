using Assistance.Domain.Shared;
using static Assistance.Domain.Decisions.AdjustmentState;
using static Assistance.Domain.Shared.ActingOffice;
using static Assistance.Domain.Shared.OfficerRole;

namespace Assistance.Domain.Decisions;

/// <summary>
/// The procedure of an award's adjustment as data, one row an act (Act arts 46 to 48; 57 arts 31 and 32). No period is set by law for
/// it, so that no act starts a clock; a death is to be settled within three months (N22 part 1(3)), which is not counted here.
/// </summary>
public static class AdjustmentProcedure
{
    private static readonly AdjustmentState[] Undecided = [Reported, Proposed];

    public static Procedure<AdjustmentAct, AdjustmentState> Table { get; } = new(
    [
        new()
        {
            // On an award in payment; while an adjustment of it is open there is no second one.
            Act = AdjustmentAct.ReportChange,
            From = [],
            To = [Reported],
            Roles = [Clerk],
            Office = AcceptingOffice,
            Needs = ["adjustment-open", "member-not-in-household"],
            BasisCode = LegalBases.ReportChanges,
        },
        new()
        {
            Act = AdjustmentAct.Verify,
            From = Undecided,
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["lookups-pending"],
            BasisCode = LegalBases.VerificationStarts,
        },
        new()
        {
            // A proposal may be assessed again: a hearing may have been adopted, or a late answer may have come.
            Act = AdjustmentAct.Assess,
            From = Undecided,
            To = [Proposed, Unchanged],
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["lookups-pending", "no-rules-for-programme", "assessment-needs-review"],
            BasisCode = LegalBases.AdjustByChange,
        },
        new()
        {
            // There is something to be heard on.
            Act = AdjustmentAct.Hear,
            From = [Proposed],
            Roles = [Reviewer],
            Office = AcceptingOffice,
            Needs = ["prior-hearing-not-needed", "hearing-adopted-reassess"],
            BasisCode = LegalBases.PriorHearing,
        },
        new()
        {
            Act = AdjustmentAct.Decide,
            From = [Proposed],
            To = [Decided],
            Roles = [Confirmer],
            Office = District,
            Needs =
            [
                "own-review", "prior-hearing-missing", "hearing-adopted-reassess", "nothing-to-decide", "opinion-contradicts-assessment",
                "not-assessed", "assessment-outdated",
            ],
            BasisCode = LegalBases.AdjustByChange,
        },
    ]);
}
