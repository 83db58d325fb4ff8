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

/// <summary>What can be done to an application; by whom and when is <see cref="ApplicationProcedure"/>. The names are those of the API's sub-resources.</summary>
public enum ApplicationAct
{
    Submit,
    SealDisclosure,
    AcknowledgeDisclosure,
    OverrideDisclosure,
    SupplyItem,
    ReturnSupply,
    WaiveItem,
    Contest,
    Accept,
    Verify,
    Assess,
    Review,
    Post,
    RecordPostingObjection,
    AnswerPostingObjection,
    RecordComplaint,
    ExtendPeriod,
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

/// <summary>The gate of the states: reads <see cref="ApplicationProcedure"/>.</summary>
public static class ApplicationActs
{
    /// <exception cref="RuleViolation">wrong-state, naming the states in which the act is allowed.</exception>
    public static void Require(ApplicationAct act, ApplicationState state) => ApplicationProcedure.Table.Require(act, state);
}
