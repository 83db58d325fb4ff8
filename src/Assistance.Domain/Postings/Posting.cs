using Assistance.Domain.Decisions;

namespace Assistance.Domain.Postings;

/// <summary>
/// What the community may be shown of a household before the decision (公示, 57 art. 19; N22 part 4(2)), and nothing else. No
/// amount: the district fixes it with its decision (57 art. 21), and only the publication after a grant names it.
/// </summary>
public sealed record PostedOpinion
{
    public required string ApplicantName { get; init; }

    /// <summary>How many members count; not who they are.</summary>
    public required int Members { get; init; }

    public required ReviewOpinion ProposedResult { get; init; }
}

/// <summary>What the community may be shown of a household after a grant (公布, 57 art. 24), and nothing else.</summary>
public sealed record PublishedGrant
{
    public required string ApplicantName { get; init; }

    /// <summary>How many members count; not who they are.</summary>
    public required int Members { get; init; }

    /// <summary>The allowance granted, in fen a month.</summary>
    public required long MonthlyFen { get; init; }
}
