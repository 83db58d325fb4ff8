using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Notices;

namespace Assistance.Api.Features.Notices;

/// <summary>
/// A notice of a decision, complete in itself: who is told what, on which facts, by which rules, with what arithmetic, from
/// when, and how it can be contested. Stored once as composed; the page is rendered from it. Amounts are fen per month.
/// </summary>
public sealed record NoticeContent
{
    /// <summary>The document number, for example 平民救决〔2026〕1号.</summary>
    public required string NoticeNumber { get; init; }

    public required string Title { get; init; }

    public required string IssuingBody { get; init; }

    public required string AddresseeName { get; init; }

    public string? AddresseeMaskedIdentityNumber { get; init; }

    public required string CaseNumber { get; init; }

    public required string Programme { get; init; }

    public required DecisionKind Kind { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>What was decided, in one plain sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What was reviewed: the event that led to the decision.</summary>
    public required string Matter { get; init; }

    public required IReadOnlyList<NoticeFact> Facts { get; init; }

    /// <summary>The financial assets that were declared or stated, in the form of the incomes.</summary>
    public IReadOnlyList<NoticeFact> Assets { get; init; } = [];

    public required IReadOnlyList<NoticeFinding> Findings { get; init; }

    public required string Reasons { get; init; }

    /// <summary>Every article the decision rests on, once.</summary>
    public required IReadOnlyList<NoticeArticle> LegalBases { get; init; }

    /// <summary>The same articles as a sentence, by instrument.</summary>
    public required string LegalBasisText { get; init; }

    public required long OldMonthlyFen { get; init; }

    public required long NewMonthlyFen { get; init; }

    /// <summary>New less old.</summary>
    public required long DifferenceFen { get; init; }

    /// <summary>The arithmetic as a sentence; absent where nothing is paid.</summary>
    public string? Calculation { get; init; }

    /// <summary>The first day of the month from which the decision takes effect; absent for a refusal.</summary>
    public DateOnly? EffectiveMonthOn { get; init; }

    /// <summary>How the household was heard before a reduction or a stop (Act art. 48).</summary>
    public NoticeHearing? PriorHearing { get; init; }

    public required IReadOnlyList<NoticeRemedy> Remedies { get; init; }

    public required string Hotline { get; init; }

    /// <summary>Whether a number used is a sample, so that the document must not be used as a real one.</summary>
    public required bool UsesSamples { get; init; }
}

/// <summary>A figure with its origin: whose income or asset of which kind, declared, stated by which department, and what was counted.</summary>
public sealed record NoticeFact(
    string PersonName, string Kind, long DeclaredFen, FigureOrigin Origin, long CountedFen, long? DepartmentFen = null, string? Source = null);

/// <summary>A finding, favourable ones too, as a sentence with its articles.</summary>
public sealed record NoticeFinding(string Code, Outcome Outcome, string Sentence, IReadOnlyList<string> Articles);

/// <param name="Citation">As the document cites it.</param>
public sealed record NoticeArticle(string Code, string Instrument, string Article, string Citation);

public sealed record NoticeHearing(DateOnly ProposalToldOn, DateOnly HeardOn, HearingAnswer Answer, string Statement, bool IsAdopted, string Reasons);

/// <summary>A way to contest, where, within what period, and the last day if the notice is served on the day of issue.</summary>
public sealed record NoticeRemedy(
    RemedyKind Kind, string Body, int Period, string PeriodUnit, DateOnly CountedFromOn, DateOnly LastDayOn, bool IsProvisional, NoticeArticle Article);
