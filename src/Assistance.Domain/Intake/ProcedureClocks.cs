using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

/// <summary>A running period: what must be done, what started it, by when, and by which article.</summary>
public sealed record ProcedureClock(string Code, string StartingEvent, DateOnly StartedOn, int WorkingDays, DueDate Due, string BasisCode);

/// <summary>A kind of period: by which articles, for which programmes, and who meets it beside the acts of the table.</summary>
public sealed record ClockRule(string Code, IReadOnlyList<string> BasisCodes)
{
    /// <summary>The programmes it is counted for.</summary>
    public IReadOnlyList<Programme> Programmes { get; init; } = Enum.GetValues<Programme>();

    /// <summary>Whether the service meets it by itself, with the first question to a department.</summary>
    public bool IsMetByTheService { get; init; }
}

/// <summary>Working days of the procedure, from dated rows of <c>seeds/parameters.csv</c>.</summary>
public sealed record ProcedurePeriods(
    int StartInvestigation, int StartVerification, int DistrictOpinion, int Total, int TotalExtended, int TakeUp, int Arbitration);

/// <summary>On which grounds the whole may take longer (57 art. 22; N22 part 4(1)), besides residence that differs from registration.</summary>
public enum ExtensionGround
{
    /// <summary>What was posted met an objection; it comes with it.</summary>
    PostingObjection,

    /// <summary>异地申办: the household applies elsewhere than where it is registered.</summary>
    AppliedElsewhere,

    /// <summary>The household's economy is hard to look into.</summary>
    HardInvestigation,
}

public static class ProcedureClocks
{
    /// <summary>From acceptance until the investigation has started (57 art. 15).</summary>
    public const string StartInvestigation = "StartInvestigation";

    /// <summary>From the street's request until the district has started the verification (57 art. 17).</summary>
    public const string StartVerification = "StartVerification";

    /// <summary>The district's, from its receipt of file and opinion (57 art. 20).</summary>
    public const string DistrictOpinion = "DistrictOpinion";

    /// <summary>The whole, from acceptance (57 art. 22).</summary>
    public const string Total = "Total";

    /// <summary>From a transfer until it is taken up; kept with the transfer.</summary>
    public const string TakeUp = "TakeUp";

    /// <summary>From a street's request until the district has ruled; kept with the arbitration.</summary>
    public const string Arbitration = "Arbitration";

    private static readonly Programme[] ByMeasures57 = [Programme.SubsistenceAllowance, Programme.MarginalLowIncome];

    /// <summary>
    /// Every period that the procedure counts. None pauses: what the household still lacks is completed before acceptance, outside all
    /// of them, and after it posting and verification count (57 art. 22; N22 part 4(1)).
    /// </summary>
    public static IReadOnlyList<ClockRule> Rules { get; } =
    [
        new(StartVerification, [LegalBases.VerificationStarts]) { Programmes = ByMeasures57, IsMetByTheService = true },
        new(StartInvestigation, [LegalBases.InvestigationStarts]) { Programmes = ByMeasures57 },
        new(Total, [LegalBases.TotalPeriod, LegalBases.ExtendedPeriod, LegalBases.EssentialExpenditurePeriod])
        {
            Programmes = [.. ByMeasures57, Programme.EssentialExpenditureHardship],
        },
        new(DistrictOpinion, [LegalBases.DistrictOpinion]),
        new(TakeUp, [LegalBases.OneWindow]),
        new(Arbitration, [LegalBases.LocalResidenceNotice]),
    ];

    /// <summary>
    /// The clocks that acceptance starts, by programme: for the subsistence allowance and marginal low income the
    /// investigation within 3 working days and the whole within 30, or 45 where residence and registration differ; for
    /// hardship by expenditure the whole alone. A programme whose periods are not in the system gets none rather than another's.
    /// </summary>
    public static IReadOnlyList<ProcedureClock> FromAcceptance(
        Programme programme, DateOnly acceptedOn, bool residenceDiffers, ProcedurePeriods periods, WorkingCalendar calendar) => programme switch
        {
            Programme.SubsistenceAllowance or Programme.MarginalLowIncome =>
            [
                Clock(StartInvestigation, "Acceptance", acceptedOn, periods.StartInvestigation, LegalBases.InvestigationStarts, calendar),
                residenceDiffers
                    ? Clock(Total, "Acceptance", acceptedOn, periods.TotalExtended, LegalBases.ExtendedPeriod, calendar)
                    : Clock(Total, "Acceptance", acceptedOn, periods.Total, LegalBases.TotalPeriod, calendar),
            ],
            Programme.EssentialExpenditureHardship =>
            [
                Clock(Total, "Acceptance", acceptedOn, residenceDiffers ? periods.TotalExtended : periods.Total, LegalBases.EssentialExpenditurePeriod, calendar),
            ],
            _ => [],
        };

    /// <summary>
    /// The whole extended to 45 working days on one of the special grounds of N22 part 4(1) (57 art. 22), or of GX art. 8 for
    /// hardship by expenditure; null where it runs that long already, and for a programme that does not know the ground.
    /// </summary>
    /// <param name="workingDays">Those of the period as it runs.</param>
    public static ProcedureClock? Extended(
        Programme programme, ExtensionGround ground, DateOnly acceptedOn, int workingDays, ProcedurePeriods periods, WorkingCalendar calendar) =>
        workingDays >= periods.TotalExtended ? null : (programme, ground) switch
        {
            (Programme.SubsistenceAllowance or Programme.MarginalLowIncome, _) =>
                Clock(Total, "Acceptance", acceptedOn, periods.TotalExtended, LegalBases.ExtendedPeriod, calendar),
            (Programme.EssentialExpenditureHardship, ExtensionGround.HardInvestigation) =>
                Clock(Total, "Acceptance", acceptedOn, periods.TotalExtended, LegalBases.EssentialExpenditurePeriod, calendar),
            _ => null,
        };

    /// <summary>Whether the district starts the verification within 3 working days of the request (57 art. 17).</summary>
    public static bool VerifiesByMeasures57(Programme programme) => ByMeasures57.Contains(programme);

    /// <summary>From the district's receipt of the street's request to verify; the system files it with the form (57 art. 17).</summary>
    public static ProcedureClock VerificationFrom(DateOnly receivedOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock(StartVerification, "VerificationRequested", receivedOn, periods.StartVerification, LegalBases.VerificationStarts, calendar);

    /// <summary>From the district's receipt of file and opinion (57 art. 20).</summary>
    public static ProcedureClock DistrictOpinionFrom(DateOnly reportedOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock(DistrictOpinion, "ReportToDistrict", reportedOn, periods.DistrictOpinion, LegalBases.DistrictOpinion, calendar);

    /// <summary>From a transfer until the other office has taken it up: without delay, says Act art. 64; the days are local.</summary>
    public static ProcedureClock TakeUpFrom(DateOnly sentOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock(TakeUp, "Transfer", sentOn, periods.TakeUp, LegalBases.OneWindow, calendar);

    /// <summary>From a street's request until the district has decided which street accepts.</summary>
    public static ProcedureClock ArbitrationFrom(DateOnly requestedOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock(Arbitration, "ArbitrationRequested", requestedOn, periods.Arbitration, LegalBases.LocalResidenceNotice, calendar);

    private static ProcedureClock Clock(
        string code, string startingEvent, DateOnly start, int workingDays, string basis, WorkingCalendar calendar) =>
        new(code, startingEvent, start, workingDays, calendar.AddWorkingDays(start, workingDays), basis);
}
