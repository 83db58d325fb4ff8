using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

/// <summary>A running period: what must be done, what started it, by when, and by which article.</summary>
public sealed record ProcedureClock(string Code, string StartingEvent, DateOnly StartedOn, int WorkingDays, DueDate Due, string BasisCode);

/// <summary>Working days of the procedure, from dated rows of <c>seeds/parameters.csv</c>.</summary>
public sealed record ProcedurePeriods(int StartInvestigation, int StartVerification, int DistrictOpinion, int Total, int TotalExtended);

public static class ProcedureClocks
{
    /// <summary>The clocks that acceptance starts: investigation within 3 working days, the whole within 30, or 45 where residence and registration differ.</summary>
    public static IReadOnlyList<ProcedureClock> FromAcceptance(
        DateOnly acceptedOn, bool residenceDiffers, ProcedurePeriods periods, WorkingCalendar calendar) =>
    [
        Clock("StartInvestigation", "Acceptance", acceptedOn, periods.StartInvestigation, LegalBases.InvestigationStarts, calendar),
        residenceDiffers
            ? Clock("Total", "Acceptance", acceptedOn, periods.TotalExtended, LegalBases.ExtendedPeriod, calendar)
            : Clock("Total", "Acceptance", acceptedOn, periods.Total, LegalBases.TotalPeriod, calendar),
    ];

    /// <summary>The clocks that start when the district receives the street's request and file (57 art. 17 and 20).</summary>
    public static ProcedureClock VerificationFrom(DateOnly receivedOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock("StartVerification", "VerificationRequested", receivedOn, periods.StartVerification, LegalBases.VerificationStarts, calendar);

    public static ProcedureClock DistrictOpinionFrom(DateOnly reportedOn, ProcedurePeriods periods, WorkingCalendar calendar) =>
        Clock("DistrictOpinion", "PostingEnded", reportedOn, periods.DistrictOpinion, LegalBases.DistrictOpinion, calendar);

    private static ProcedureClock Clock(
        string code, string startingEvent, DateOnly start, int workingDays, string basis, WorkingCalendar calendar) =>
        new(code, startingEvent, start, workingDays, calendar.AddWorkingDays(start, workingDays), basis);
}
