using System.Text.Json.Nodes;
using Assistance.Api.Security;

namespace Assistance.Sandbox;

/// <summary>What the procedure holds the offices to between acceptance and decision.</summary>
public sealed partial class Demonstrations
{
    private async Task IncomeAboveStandardAsync()
    {
        var path = PathOf(await SubmittedAsync());
        await AcceptedAsync(path, await SealedAsync(path));
        var assessment = await AssessedAsync(path, "Ineligible");
        Check((long)assessment["monthlyIncomeFen"]! == 120_000, "the department's wage is used, and not the lower one declared");
        Refused(await ActAsync(Reviewer(Zhenhua), path, "preliminary-review", Opinion("ProposeGrant")), 409, "opinion-contradicts-assessment", "nobody proposes against the assessment");
        Expect(201, await ActAsync(Reviewer(Zhenhua), path, "preliminary-review", Opinion("ProposeRefusal")));
    }

    private async Task RelatedToStaffAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        await AcceptedAsync(path, await SealedAsync(path));
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "related-staff-records", new JsonObject
        {
            ["staffName"] = "熊建国",
            ["staffPost"] = "社会救助经办人员",
            ["staffDivisionCode"] = Zhenhua,
            ["relationship"] = "兄弟",
            ["personId"] = (string)submitted["memberIds"][0]!,
            ["declaredBy"] = "Household",
        }));
        await AssessedAsync(path, "Eligible");
        Expect(201, await ActAsync(Reviewer(Zhenhua), path, "preliminary-review", Opinion("ProposeGrant")));
        Expect(201, await ActAsync(Reviewer(Zhenhua), path, "public-posting"));
        World.Clock.Forward(TimeSpan.FromDays(8));
        Expect(201, await ActAsync(Reviewer(Zhenhua), path, "district-report"));
        var grant = new JsonObject { ["kind"] = "Grant", ["reasons"] = "依据核算结果、公示和入户调查情况。" };
        Refused(await ActAsync(Confirmer, path, "confirmation", grant), 409, "district-home-visit-missing", "the district does not decide before its own visit");
        Expect(201, await ActAsync(As("visitor-street", Roles.Visitor, Zhenhua), path, "home-visits", Visit(submitted["memberIds"][0]!)));
        Refused(await ActAsync(Confirmer, path, "confirmation", grant), 409, "district-home-visit-missing", "the street's visit is not the district's");
        Expect(201, await ActAsync(As("visitor-district", Roles.Visitor, District), path, "home-visits", Visit(submitted["memberIds"][0]!)));
        var decision = Expect(201, await ActAsync(Confirmer, path, "confirmation", grant));
        Check((string)decision["kind"]! == "Grant", "after its own visit it decides");
    }

    private JsonObject Visit(JsonNode signedBy) => new()
    {
        ["visitedOn"] = Text(Today),
        ["method"] = "OnSite",
        ["visitors"] = new JsonArray(
            new JsonObject { ["officerId"] = "visitor-1", ["name"] = "样例甲" },
            new JsonObject { ["officerId"] = "visitor-2", ["name"] = "样例乙" }),
        ["factsFound"] = "居住情况与申报一致，家中无机动车和贵重物品。",
        ["signedByPersonId"] = (string)signedBy!,
    };
}
