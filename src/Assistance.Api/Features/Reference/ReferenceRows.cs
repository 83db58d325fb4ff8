using Assistance.Domain.Assessments;

namespace Assistance.Api.Features.Reference;

/// <summary>Levels as the statistical codes name them; <c>street</c> is the glossary's Subdistrict.</summary>
internal sealed class DivisionRow
{
    public string DivisionCode { get; init; } = "";

    public string DivisionName { get; init; } = "";

    public string DivisionLevel { get; init; } = "";

    public string? ParentDivisionCode { get; init; }
}

internal sealed class CalendarDayRow
{
    public DateOnly DayOn { get; init; }

    public bool IsDayOff { get; init; }

    public string SourceText { get; init; } = "";
}

/// <summary>An article of an instrument, with the days between which it is in force.</summary>
public sealed class LegalBasisRow : Domain.Shared.IDated
{
    public string BasisCode { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public string InstrumentZh { get; init; } = "";

    public string InstrumentEn { get; init; } = "";

    public string ArticleZh { get; init; } = "";

    public string ArticleEn { get; init; } = "";

    public string TextZh { get; init; } = "";

    public string SourceText { get; init; } = "";

    /// <summary>The instrument as documents cite it: 《name》 and then its number, where it has one.</summary>
    public string CitedInstrumentZh() => InstrumentZh.Split('（', 2) is [var name, var number] ? $"《{name}》（{number}" : $"《{InstrumentZh}》";
}

internal sealed record PolicyParameterRow
{
    public string ParameterCode { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public long ParameterValue { get; init; }

    public string Unit { get; init; } = "";

    public string BasisCode { get; init; } = "";

    public string? DocumentNumber { get; init; }

    public bool IsSample { get; init; }

    // Not a property: the row is bound whole to the statements that write it.
    public PolicyParameter AsParameter() => new()
    {
        Code = ParameterCode,
        Value = ParameterValue,
        Unit = Unit,
        FromOn = FromOn,
        ToOn = ToOn,
        BasisCode = BasisCode,
        DocumentNumber = DocumentNumber,
        IsSample = IsSample,
    };
}

internal sealed class IncomeKindRow
{
    public string IncomeKind { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public string IncomeClass { get; init; } = "";

    public bool IsCounted { get; init; }

    public string BasisCode { get; init; } = "";
}

internal sealed class DisclosureItemTypeRow
{
    public string ItemCode { get; init; } = "";

    /// <summary>Programmes separated by a bar.</summary>
    public string Programmes { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public string ItemCircumstance { get; init; } = "";

    public string? LookupSource { get; init; }

    public bool IsAnsweredByNoRecord { get; init; }

    public bool IsMetByTheForm { get; init; }

    /// <summary>Ways separated by a bar.</summary>
    public string SupplyWays { get; init; } = "";

    public int CopyCount { get; init; }

    public string BasisCode { get; init; } = "";

    public string NameZh { get; init; } = "";

    public string NameEn { get; init; } = "";

    public string WhyZh { get; init; } = "";

    public string ExampleZh { get; init; } = "";
}

internal sealed class RoutingRuleRow
{
    public string RoutingRuleCode { get; init; } = "";

    public int PositionNumber { get; init; }

    public DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    /// <summary>Programmes separated by a bar, or an asterisk for all.</summary>
    public string Programmes { get; init; } = "";

    public string RoutingOutcome { get; init; } = "";

    /// <summary>Articles separated by a bar, the first one deciding.</summary>
    public string BasisCodes { get; init; } = "";

    public string? OtherDoor { get; init; }

    public bool IsEnabled { get; init; }

    public bool IsSample { get; init; }
}

internal sealed class SentenceRow : Domain.Shared.IDated
{
    public string SentenceCode { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public string TextZh { get; init; } = "";

    public string TextEn { get; init; } = "";

    public string In(Language language) => language == Language.Zh ? TextZh : TextEn;
}

internal sealed class DocumentTemplateRow : Domain.Shared.IDated
{
    public string TemplateCode { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public string TemplateText { get; init; } = "";
}
