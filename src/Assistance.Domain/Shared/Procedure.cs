namespace Assistance.Domain.Shared;

/// <summary>Who acts. The names in lower case are the roles that tokens carry.</summary>
public enum OfficerRole
{
    Clerk,
    Visitor,
    Reviewer,
    Confirmer,
    Supervisor,
    Auditor,
    Department,
}

/// <summary>Whose officers may do an act, of those that see the case.</summary>
public enum ActingOffice
{
    /// <summary>Every office that sees it: the window that took it, the street that accepts it, the district.</summary>
    AnyThatSeesIt,

    /// <summary>The office that answers for it (57 art. 2).</summary>
    AcceptingOffice,

    AcceptingOfficeOrDistrict,

    /// <summary>The district, which confirms and arbitrates (Act art. 44).</summary>
    District,

    /// <summary>The office that it was sent on to (Act art. 64); of what goes to another district, this district.</summary>
    OfficeItWasSentTo,
}

/// <summary>What an act does to a period of the procedure.</summary>
public enum ClockEffect
{
    Starts,

    /// <summary>What the period is for has been done.</summary>
    Meets,

    /// <summary>What it was for is no more, and it starts anew when it is due again.</summary>
    Withdraws,

    /// <summary>It becomes the longer one, from its own first day.</summary>
    Extends,

    /// <summary>
    /// Nothing does: 57 art. 22 and N22 part 4(1) count the whole from acceptance, posting and verification within it, and give
    /// no exclusion. It stands here so that the table says so, and so that a rule which lets a clock pause is a row.
    /// </summary>
    Pauses,
}

/// <summary>What an effect on a clock depends on, where it does not always come.</summary>
public enum ClockCondition
{
    /// <summary>An office of this district accepts it.</summary>
    AcceptedHere,

    /// <summary>Another office is to go on with it.</summary>
    SentOn,

    /// <summary>Residence and registration differ by it for the first time after acceptance.</summary>
    ResidenceDiffers,

    /// <summary>The assessment says something else than the one that was reviewed.</summary>
    ResultDiffers,

    /// <summary>The first objection to what is posted (57 art. 22).</summary>
    FirstObjection,

    /// <summary>Something newer decides where it goes than the transfer that nobody has taken up.</summary>
    Superseded,

    /// <summary>It came from a window or by a ruling; what was handed over for a move is taken up by the other office.</summary>
    NotForAMove,
}

/// <summary>An effect on a clock. One that is not running is neither met, withdrawn nor extended.</summary>
/// <param name="When">Absent where it always comes.</param>
public sealed record ClockStep(ClockEffect Effect, string Clock, ClockCondition? When = null);

/// <summary>What may be done: in which states, to which, by whom, on which conditions, with which periods, by which article.</summary>
public sealed record ProcedureAct<TAct, TState>
    where TAct : struct, Enum
    where TState : struct, Enum
{
    public required TAct Act { get; init; }

    /// <summary>The states in which it is allowed; none for an act that begins the matter.</summary>
    public required IReadOnlyList<TState> From { get; init; }

    /// <summary>The states it leads to; none for an act that changes no state.</summary>
    public IReadOnlyList<TState> To { get; init; } = [];

    /// <summary>Whether it can also leave the state as it is.</summary>
    public bool MayStay { get; init; }

    /// <summary>The roles that the law or the bureau's division of work gives it to; one of them is enough.</summary>
    public required IReadOnlyList<OfficerRole> Roles { get; init; }

    public required ActingOffice Office { get; init; }

    /// <summary>What it needs beside state, role and office, each by the code of the refusal that guards it.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public IReadOnlyList<ClockStep> Clocks { get; init; } = [];

    public required string BasisCode { get; init; }

    /// <summary>The changes of state it can make; null is where a matter begins.</summary>
    public IEnumerable<(TState? From, TState To)> Changes =>
        From.Count == 0
            ? To.Select(to => ((TState?)null, to))
            : To.SelectMany(to => From.Where(from => !from.Equals(to)).Select(from => ((TState?)from, to)));
}

/// <summary>The acts of one kind of matter, each once: the gate, the endpoint, the diagram and the tests read this.</summary>
public sealed class Procedure<TAct, TState>(IReadOnlyList<ProcedureAct<TAct, TState>> acts)
    where TAct : struct, Enum
    where TState : struct, Enum
{
    private readonly Dictionary<TAct, ProcedureAct<TAct, TState>> byAct = acts.ToDictionary(row => row.Act);

    public IReadOnlyList<ProcedureAct<TAct, TState>> Acts => acts;

    public ProcedureAct<TAct, TState> this[TAct act] => byAct[act];

    /// <exception cref="RuleViolation">wrong-state, naming the states in which the act is allowed.</exception>
    public void Require(TAct act, TState state)
    {
        var allowed = byAct[act].From;
        if (!allowed.Contains(state))
        {
            throw Refusals.WrongState(act.ToString(), state.ToString(), allowed.Select(each => each.ToString()));
        }
    }
}
