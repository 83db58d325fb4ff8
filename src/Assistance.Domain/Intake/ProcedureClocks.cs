using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

/// <summary>A running period: what must be done, what started it, by when, and by which article.</summary>
public sealed record ProcedureClock(string Code, string StartingEvent, DateOnly StartedOn, int WorkingDays, DueDate Due, string BasisCode);

/// <summary>Working days of the procedure, from dated rows of <c>seeds/parameters.csv</c>.</summary>
public sealed record ProcedurePeriods(
    int StartInvestigation, int StartVerification, int DistrictOpinion, int Total, int TotalExtended, int TakeUp, int Arbitration);

public static class ProcedureClocks
{
    /// <summary>The code of the period for the whole.</summary>
    public const string Total = "Total";

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
                Clock("StartInvestigation", "Acceptance", acceptedOn, periods.StartInvestigation, LegalBases.InvestigationStarts, calendar),
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

    /// <summary>Whether the district starts the verification within 3 working days of the request (57 art. 17).</summary>
    public static bool VerifiesByMeasures57(Programme programme) => programme is Programme.SubsistenceAllowance or Programme.MarginalLowIncome;

    /// <summary>From the district's receipt of the street's request to verify; the system files it with the form (57 art. 17).</summary>
    public static ProcedureClock VerificationFrom(DateOnly receivedOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock("StartVerification", "VerificationRequested", receivedOn, periods.StartVerification, LegalBases.VerificationStarts, calendar);

    /// <summary>From the district's receipt of file and opinion (57 art. 20).</summary>
    public static ProcedureClock DistrictOpinionFrom(DateOnly reportedOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock("DistrictOpinion", "ReportToDistrict", reportedOn, periods.DistrictOpinion, LegalBases.DistrictOpinion, calendar);

    /// <summary>From a transfer until the other office has taken it up: without delay, says Act art. 64; the days are local.</summary>
    public static ProcedureClock TakeUpFrom(DateOnly sentOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock("TakeUp", "Transfer", sentOn, periods.TakeUp, LegalBases.OneWindow, calendar);

    /// <summary>From a street's request until the district has decided which street accepts.</summary>
    public static ProcedureClock ArbitrationFrom(DateOnly requestedOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock("Arbitration", "ArbitrationRequested", requestedOn, periods.Arbitration, LegalBases.LocalResidenceNotice, calendar);

    private static ProcedureClock Clock(
        string code, string startingEvent, DateOnly start, int workingDays, string basis, WorkingCalendar calendar) =>
        new(code, startingEvent, start, workingDays, calendar.AddWorkingDays(start, workingDays), basis);
}
