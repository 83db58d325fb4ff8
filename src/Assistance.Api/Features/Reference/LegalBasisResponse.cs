namespace Assistance.Api.Features.Reference;

/// <summary>An article that something rests on.</summary>
public sealed record LegalBasisResponse
{
    /// <summary>Stable code, for example <c>LAW-48</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The instrument's title.</summary>
    public required string Instrument { get; init; }

    /// <summary>The article, part or item.</summary>
    public required string Article { get; init; }

    /// <summary>As a document cites it, in Chinese.</summary>
    public required string Citation { get; init; }

    /// <summary>From when it is in force.</summary>
    public required DateOnly InForceFromOn { get; init; }

    public static LegalBasisResponse Of(LegalBasisRow row, Language language) => new()
    {
        Code = row.BasisCode,
        Instrument = language == Language.Zh ? row.InstrumentZh : row.InstrumentEn,
        Article = language == Language.Zh ? row.ArticleZh : row.ArticleEn,
        Citation = $"{row.CitedInstrumentZh()}{row.ArticleZh}",
        InForceFromOn = row.FromOn,
    };
}
