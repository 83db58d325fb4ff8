using Assistance.Domain.Shared;

namespace Assistance.Domain.Lookups;

/// <summary>The states of a bulk re-check of what is in payment (定期核查, 57 art. 31).</summary>
public enum VerificationJobState
{
    Running,

    /// <summary>Nothing new is begun; what departments were asked is finished.</summary>
    Paused,

    /// <summary>Stopped for good; what departments were asked is finished.</summary>
    Cancelled,

    Finished,
}

/// <summary>What can be done to a bulk re-check.</summary>
public enum VerificationJobAct
{
    Pause,
    Resume,
    Cancel,
}

/// <summary>Which act is allowed in which states of a bulk re-check.</summary>
public static class VerificationJobActs
{
    private static readonly Dictionary<VerificationJobAct, VerificationJobState[]> Allowed = new()
    {
        [VerificationJobAct.Pause] = [VerificationJobState.Running],
        [VerificationJobAct.Resume] = [VerificationJobState.Paused],
        [VerificationJobAct.Cancel] = [VerificationJobState.Running, VerificationJobState.Paused],
    };

    /// <exception cref="RuleViolation">wrong-state, naming the states in which the act is allowed.</exception>
    public static void Require(VerificationJobAct act, VerificationJobState state)
    {
        if (!Allowed[act].Contains(state))
        {
            throw Refusals.WrongState(act.ToString(), state.ToString(), Allowed[act].Select(allowed => allowed.ToString()));
        }
    }
}

/// <summary>How far the re-check of one case has come, and what it found.</summary>
public enum VerificationJobRowState
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Departments are being asked.</summary>
    Asking,

    /// <summary>Everybody was asked, and departments that answer later have not answered yet.</summary>
    Awaiting,

    /// <summary>Nothing that matters is other than before.</summary>
    Unchanged,

    /// <summary>Something that matters is other than before: the street has to look at it (57 art. 31).</summary>
    Changed,

    /// <summary>Nothing is seen to have changed, and not every department answered.</summary>
    Failed,

    /// <summary>Nobody of the case may be asked about, or nothing of it is in payment any more.</summary>
    NobodyToAsk,

    Cancelled,
}

public static class VerificationJobRowStates
{
    extension(VerificationJobRowState state)
    {
        /// <summary>Whether the re-check of the case is over.</summary>
        public bool IsOver => state is not (VerificationJobRowState.Waiting or VerificationJobRowState.Asking or VerificationJobRowState.Awaiting);
    }

    /// <summary>What a re-check came to. A change is a change, whatever else is not known.</summary>
    public static VerificationJobRowState Of(int changed, int failed) =>
        changed > 0 ? VerificationJobRowState.Changed
        : failed > 0 ? VerificationJobRowState.Failed
        : VerificationJobRowState.Unchanged;
}
