using Assistance.Domain.HomeVisits;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.HomeVisits;

/// <summary>The district's own visit to a household related to staff: 57 art. 20(2).</summary>
public sealed class HomeVisitTests
{
    private static readonly DivisionCode District = DivisionCode.Parse("140213");
    private static readonly DivisionCode Street = DivisionCode.Parse("140213054");
    private static readonly DateOnly AcceptedOn = new(2026, 9, 21);

    private static readonly TestCaseData[] NotEnough =
    [
        Row("no visit"),
        Row("the street's visit", new HomeVisit(HomeVisitMethod.OnSite, Street, AcceptedOn)),
        Row("a telephone call of the district", new HomeVisit(HomeVisitMethod.Phone, District, AcceptedOn)),
        Row("a video call of the district", new HomeVisit(HomeVisitMethod.Video, District, AcceptedOn)),
        Row("the district's visit before acceptance", new HomeVisit(HomeVisitMethod.OnSite, District, AcceptedOn.AddDays(-1))),
        Row("each of them but the whole of none",
            new HomeVisit(HomeVisitMethod.OnSite, Street, AcceptedOn),
            new HomeVisit(HomeVisitMethod.Phone, District, AcceptedOn),
            new HomeVisit(HomeVisitMethod.OnSite, District, AcceptedOn.AddDays(-1))),
    ];

    [TestCaseSource(nameof(NotEnough))]
    public void Is_not_enough(HomeVisit[] visits) =>
        Refused.With("district-home-visit-missing", () => HomeVisit.RequireOfDistrict(visits, District, AcceptedOn));

    [TestCase(0)]
    [TestCase(5)]
    public void The_districts_own_visit_on_or_after_acceptance_is_enough(int daysAfter) =>
        Assert.That(
            () => HomeVisit.RequireOfDistrict([new HomeVisit(HomeVisitMethod.OnSite, District, AcceptedOn.AddDays(daysAfter))], District, AcceptedOn),
            Throws.Nothing);

    private static TestCaseData Row(string name, params HomeVisit[] visits) => new TestCaseData((object)visits).SetArgDisplayNames(name);
}
