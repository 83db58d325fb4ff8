using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

/// <summary>The states of an application, in the order of the procedure (57 chapters 2 to 4).</summary>
public enum ApplicationState
{
    /// <summary>Registered with a receipt; the disclosure is being completed.</summary>
    Received,

    /// <summary>受理: complete and accepted, the clocks run.</summary>
    Accepted,

    /// <summary>初审: the street's opinion is given.</summary>
    Reviewed,

    /// <summary>公示: the opinion is posted in the community.</summary>
    Posted,

    /// <summary>上报: the district has the file and the opinion, and decides.</summary>
    WithDistrict,

    Granted,

    Refused,

    /// <summary>转办: passed on to another district with guidance for the household, or led to the school that takes it.</summary>
    TransferredOut,
}

public static class ApplicationStates
{
    extension(ApplicationState state)
    {
        /// <summary>Whether something is still to be done here: neither decided nor passed on.</summary>
        public bool IsOpen => state is ApplicationState.Received or ApplicationState.Accepted or ApplicationState.Reviewed
            or ApplicationState.Posted or ApplicationState.WithDistrict;
    }
}

/// <summary>What can be done to an application. The names are those of the API's sub-resources.</summary>
public enum ApplicationAct
{
    SealDisclosure,
    AcknowledgeDisclosure,
    OverrideDisclosure,
    SupplyItem,
    WaiveItem,
    Contest,
    Accept,
    Verify,
    Assess,
    Review,
    Post,
    ReportToDistrict,
    Confirm,
    TakeUp,
    RequestArbitration,
    Arbitrate,
    Move,
    ReportChange,
    DetermineComposition,
    RecordAgentMandate,
    RecordRelatedStaff,
    RecordHomeVisit,
    ResolveDisagreement,
    RecordConsent,
    RevokeConsent,
}

/// <summary>Which act is allowed in which states: one table, read by the gate and by nobody else.</summary>
public static class ApplicationActs
{
    private static readonly ApplicationState[] Undecided = [.. Enum.GetValues<ApplicationState>().Where(state => state.IsOpen)];

    private static readonly ApplicationState[] AcceptedAndUndecided = [.. Undecided.Where(state => state != ApplicationState.Received)];

    private static readonly Dictionary<ApplicationAct, ApplicationState[]> Allowed = new()
    {
        [ApplicationAct.SealDisclosure] = [ApplicationState.Received],
        [ApplicationAct.AcknowledgeDisclosure] = [ApplicationState.Received, ApplicationState.Accepted],
        [ApplicationAct.OverrideDisclosure] = [ApplicationState.Received, ApplicationState.Accepted],
        [ApplicationAct.SupplyItem] = [ApplicationState.Received, ApplicationState.Accepted],
        [ApplicationAct.WaiveItem] = [ApplicationState.Received, ApplicationState.Accepted],
        // On an objection the office must check again, however far it has come (57 art. 18).
        // Also what a review of an award in payment found.
        [ApplicationAct.Contest] = [.. Undecided, ApplicationState.Granted],
        [ApplicationAct.Accept] = [ApplicationState.Received],
        // A late answer may come after the review; an assessment that then differs takes the application back to it.
        [ApplicationAct.Assess] = AcceptedAndUndecided,
        [ApplicationAct.Verify] = Undecided,
        [ApplicationAct.Review] = [ApplicationState.Accepted],
        [ApplicationAct.Post] = [ApplicationState.Reviewed],
        [ApplicationAct.ReportToDistrict] = [ApplicationState.Posted],
        [ApplicationAct.Confirm] = [ApplicationState.WithDistrict],
        [ApplicationAct.TakeUp] = [.. Undecided, ApplicationState.TransferredOut],
        [ApplicationAct.RequestArbitration] = [ApplicationState.Received, ApplicationState.Accepted],
        [ApplicationAct.Arbitrate] = [ApplicationState.Received, ApplicationState.Accepted],
        [ApplicationAct.Move] = Undecided,
        [ApplicationAct.ReportChange] = Undecided,
        [ApplicationAct.DetermineComposition] = Undecided,
        // An agent may be needed as long as the case goes on, an award's included.
        [ApplicationAct.RecordAgentMandate] = [.. Undecided, ApplicationState.Granted],
        // Of applications that are accepted (57 art. 11), and before the decision that rests on it.
        [ApplicationAct.RecordRelatedStaff] = AcceptedAndUndecided,
        [ApplicationAct.RecordHomeVisit] = AcceptedAndUndecided,
        // Answers differ while an application is worked on, and again at each review of what is in payment.
        [ApplicationAct.ResolveDisagreement] = [.. Undecided, ApplicationState.Granted],
        // As long as anything may be looked up, an award's household included.
        [ApplicationAct.RecordConsent] = [.. Undecided, ApplicationState.Granted],
        // A consent can be withdrawn at any time (个人信息保护法 art. 15), also when the case is over: its answers would serve others.
        [ApplicationAct.RevokeConsent] = Enum.GetValues<ApplicationState>(),
    };

    /// <exception cref="RuleViolation">wrong-state, naming the states in which the act is allowed.</exception>
    public static void Require(ApplicationAct act, ApplicationState state)
    {
        if (!Allowed[act].Contains(state))
        {
            throw Refusals.WrongState(act.ToString(), state.ToString(), Allowed[act].Select(allowed => allowed.ToString()));
        }
    }
}
