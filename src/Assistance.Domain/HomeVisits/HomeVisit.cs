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
    /// A case in which a relation to staff is on record is visited by the district itself before it decides: on the spot, on
    /// or after the day of acceptance. A visit of the street or a telephone call does not stand in for it.
    /// </summary>
    /// <exception cref="RuleViolation">district-home-visit-missing.</exception>
    public static void RequireOfDistrict(IEnumerable<HomeVisit> visits, DivisionCode district, DateOnly acceptedOn)
    {
        if (!visits.Any(visit => visit.Method == HomeVisitMethod.OnSite && visit.VisitingDivision == district && visit.VisitedOn >= acceptedOn))
        {
            throw Refusals.DistrictHomeVisitMissing();
        }
    }
}
