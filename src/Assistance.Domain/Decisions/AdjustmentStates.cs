using Assistance.Domain.Shared;

namespace Assistance.Domain.Decisions;

/// <summary>The states of an adjustment of an award, from the reported change to the decision.</summary>
public enum AdjustmentState
{
    /// <summary>A change was reported; departments are asked again.</summary>
    Reported,

    /// <summary>Assessed anew, with a proposal.</summary>
    Proposed,

    Decided,

    /// <summary>Assessed anew without a change of the amount.</summary>
    Unchanged,
}

public enum AdjustmentAct
{
    Verify,
    Assess,
    Hear,
    Decide,
}

/// <summary>Which act is allowed in which states of an adjustment.</summary>
public static class AdjustmentActs
{
    private static readonly Dictionary<AdjustmentAct, AdjustmentState[]> Allowed = new()
    {
        [AdjustmentAct.Verify] = [AdjustmentState.Reported, AdjustmentState.Proposed],
        // A proposal may be assessed again: a hearing may have been adopted, or a late answer may have come.
        [AdjustmentAct.Assess] = [AdjustmentState.Reported, AdjustmentState.Proposed],
        [AdjustmentAct.Hear] = [AdjustmentState.Proposed],
        [AdjustmentAct.Decide] = [AdjustmentState.Proposed],
    };

    /// <exception cref="RuleViolation">wrong-state, naming the states in which the act is allowed.</exception>
    public static void Require(AdjustmentAct act, AdjustmentState state)
    {
        if (!Allowed[act].Contains(state))
        {
            throw Refusals.WrongState(act.ToString(), state.ToString(), Allowed[act].Select(allowed => allowed.ToString()));
        }
    }
}

/// <summary>The states of an award.</summary>
public enum AwardState
{
    InPayment,
    Stopped,
}
