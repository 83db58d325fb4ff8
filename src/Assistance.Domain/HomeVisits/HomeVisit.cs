using Assistance.Domain.Shared;

namespace Assistance.Domain.HomeVisits;

/// <summary>How a home visit was made (57 art. 16): on the spot, or in a major emergency by telephone or video.</summary>
public enum HomeVisitMethod
{
    OnSite,
    Phone,
    Video,
}

/// <summary>Who said that a member is related to somebody who handles the case.</summary>
public enum RelatedStaffDeclarer
{
    Household,
    Office,
}

/// <summary>What the procedure asks of a home visit (入户调查): how, by which office, and when.</summary>
public sealed record HomeVisit(HomeVisitMethod Method, DivisionCode VisitingDivision, DateOnly VisitedOn)
{
    /// <summary>
    /// A case in which a relation to staff or a complaint is on record is visited by the district itself before it decides
    /// (57 art. 20(2)): on the spot. A visit of the street or a telephone call does not stand in for it.
    /// </summary>
    /// <param name="since">The day of acceptance, or of the newest complaint: no earlier visit looks into what came up then.</param>
    /// <exception cref="RuleViolation">district-home-visit-missing.</exception>
    public static void RequireOfDistrict(IEnumerable<HomeVisit> visits, DivisionCode district, DateOnly since)
    {
        if (!visits.Any(visit => visit.Method == HomeVisitMethod.OnSite && visit.VisitingDivision == district && visit.VisitedOn >= since))
        {
            throw Refusals.DistrictHomeVisitMissing(since);
        }
    }
}
