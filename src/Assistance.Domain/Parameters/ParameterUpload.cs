using Assistance.Domain.Shared;

namespace Assistance.Domain.Parameters;

/// <summary>How far rows that somebody proposed for the parameters have come.</summary>
public enum ParameterUploadState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,

    /// <summary>Its rows are in the table; those of a coming day come into force by themselves.</summary>
    Activated,

    /// <summary>Taken back by whoever proposed it.</summary>
    Withdrawn,

    /// <summary>Turned down by a second person.</summary>
    Rejected,
}

/// <summary>What can be done to an upload.</summary>
public enum ParameterUploadAct
{
    Activate,
    Withdraw,
    Reject,
}

/// <summary>
/// Who may do what to an upload. A number decides over many households at once (Act art. 19), so two people stand for it:
/// one proposes, another activates or rejects, and only the first takes it back.
/// </summary>
public static class ParameterUploadActs
{
    private static readonly ParameterUploadState[] Open = [ParameterUploadState.Proposed];

    /// <param name="proposedBy">The officer who proposed it.</param>
    /// <param name="officer">The officer who acts.</param>
    /// <exception cref="RuleViolation">wrong-state; own-proposal, not-the-proposer.</exception>
    public static void Require(ParameterUploadAct act, ParameterUploadState state, string proposedBy, string officer)
    {
        if (!Open.Contains(state))
        {
            throw Refusals.WrongState(act.ToString(), state.ToString(), Open.Select(open => open.ToString()));
        }

        var isOwn = string.Equals(proposedBy, officer, StringComparison.Ordinal);
        if (act == ParameterUploadAct.Withdraw && !isOwn)
        {
            throw Refusals.NotTheProposer();
        }

        if (act != ParameterUploadAct.Withdraw && isOwn)
        {
            throw Refusals.OwnProposal();
        }
    }
}
