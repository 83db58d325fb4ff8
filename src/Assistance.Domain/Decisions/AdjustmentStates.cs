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

/// <summary>What can be done to an adjustment; by whom and when is <see cref="AdjustmentProcedure"/>.</summary>
public enum AdjustmentAct
{
    ReportChange,
    Verify,
    Assess,
    Hear,
    Decide,
}

/// <summary>The gate of the states: reads <see cref="AdjustmentProcedure"/>.</summary>
public static class AdjustmentActs
{
    /// <exception cref="RuleViolation">wrong-state, naming the states in which the act is allowed.</exception>
    public static void Require(AdjustmentAct act, AdjustmentState state) => AdjustmentProcedure.Table.Require(act, state);
}

/// <summary>The states of an award.</summary>
public enum AwardState
{
    InPayment,
    Stopped,
}
