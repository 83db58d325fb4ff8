using Assistance.Domain.Shared;

namespace Assistance.Domain.Lookups;

/// <summary>For what a department is asked. Nothing else can be asked for: each purpose has its legal basis.</summary>
public enum LookupPurpose
{
    /// <summary>经济状况核对 of an application (Act art. 41; 57 art. 17).</summary>
    MeansVerification,

    /// <summary>复查 on the household's objection (57 art. 18).</summary>
    Recheck,

    /// <summary>定期核查 of what is in payment (57 art. 31).</summary>
    AwardReview,
}

/// <summary>Whom a case lets departments be asked about: the person, their consent, and whether the case is open at all.</summary>
public sealed record LookupSubject
{
    public required Guid CaseFileId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>Whether an application of the case is being worked on, or an award of it is in payment.</summary>
    public required bool IsCaseOpen { get; init; }

    /// <summary>Whether the person is a member who counts or may count, or an obligor, of the case; of anybody else nothing is asked (Act art. 70(6)).</summary>
    public required bool IsOfTheCase { get; init; }

    /// <summary>Whether the person is an obligor living elsewhere, who needs a consent of their own (Act art. 41).</summary>
    public bool IsObligor { get; init; }

    /// <summary>The departments of which the case needs an answer about the person; no other is asked (Act art. 70(6)).</summary>
    public required IReadOnlyList<LookupSource> NeededSources { get; init; }

    /// <summary>The newest consent of the person in this case; null where none was ever given.</summary>
    public LookupConsent? Consent { get; init; }
}

/// <summary>A consent to verification (Act art. 40; 57 art. 9).</summary>
/// <param name="EndsOn">The last day on which it holds; open where null.</param>
/// <param name="RevokedAt">When it was revoked; queries stop at once.</param>
public sealed record LookupConsent(Guid ConsentId, DateOnly SignedOn, DateOnly? EndsOn, DateTimeOffset? RevokedAt)
{
    public bool HoldsOn(DateOnly day) => RevokedAt is null && SignedOn <= day && (EndsOn is not { } last || day <= last);
}

/// <summary>Why a department may not be asked.</summary>
public enum LookupBar
{
    CaseClosed,
    NotOfTheCase,
    ConsentNotGiven,
    ConsentRevoked,
    ConsentExpired,

    /// <summary>Nothing of the case rests on what this department knows of the person.</summary>
    SourceNotNeeded,
}

/// <summary>
/// The right to ask one department about one person: an open case, somebody of it, a department it needs an answer of, a
/// purpose with its legal basis, and a consent that holds. It can be had in no other way than from <see cref="For"/>, and a query is written from nothing else,
/// so that looking somebody up for no case cannot be expressed.
/// </summary>
public sealed record LookupWarrant
{
    private LookupWarrant(LookupSubject subject, LookupSource source, LookupPurpose purpose, string causedBy)
    {
        CaseFileId = subject.CaseFileId;
        PersonId = subject.PersonId;
        ConsentId = subject.Consent!.ConsentId;
        Source = source;
        Purpose = purpose;
        CausedBy = causedBy;
    }

    public Guid CaseFileId { get; }

    public Guid PersonId { get; }

    public Guid ConsentId { get; }

    public LookupSource Source { get; }

    public LookupPurpose Purpose { get; }

    public string BasisCode => BasisOf(Purpose);

    /// <summary>The officer who asked for it, or the rule that did.</summary>
    public string CausedBy { get; }

    /// <exception cref="RuleViolation">lookup-not-permitted, with the bar.</exception>
    public static LookupWarrant For(LookupSubject subject, LookupSource source, LookupPurpose purpose, string causedBy, DateOnly today) =>
        BarOf(subject, source, today) is { } bar ? throw Refusals.LookupNotPermitted(bar) : new LookupWarrant(subject, source, purpose, causedBy);

    /// <summary>What stands against asking about somebody; null where nothing does.</summary>
    public static LookupBar? BarOf(LookupSubject subject, DateOnly today) => subject switch
    {
        { IsCaseOpen: false } => LookupBar.CaseClosed,
        { IsOfTheCase: false } => LookupBar.NotOfTheCase,
        { Consent: null } => LookupBar.ConsentNotGiven,
        { Consent.RevokedAt: not null } => LookupBar.ConsentRevoked,
        _ when !subject.Consent.HoldsOn(today) => LookupBar.ConsentExpired,
        _ => null,
    };

    /// <summary>What stands against asking one department about somebody.</summary>
    public static LookupBar? BarOf(LookupSubject subject, LookupSource source, DateOnly today) =>
        BarOf(subject, today) ?? (subject.NeededSources.Contains(source) ? null : LookupBar.SourceNotNeeded);

    public static string BasisOf(LookupPurpose purpose) => purpose switch
    {
        LookupPurpose.Recheck => LegalBases.RecheckOnObjection,
        LookupPurpose.AwardReview => LegalBases.PeriodicReview,
        _ => LegalBases.DepartmentsVerify,
    };
}
