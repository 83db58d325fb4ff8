using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Assessments;

/// <summary>One assessment screens every programme, explains itself, comes about again from what is stored, and can be supposed otherwise.</summary>
public sealed class AssessmentTests(Engine engine) : ApiTests(engine)
{
    // Act art. 13 and 45: whoever is refused one thing hears what remains.
    [Test]
    public async Task A_refusal_says_what_remains()
    {
        var path = await AcceptedAsync(AHousehold.OfOne().Declaring(0, "Wages", 100_000));

        var assessment = Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Assert.Multiple(() =>
        {
            Assert.That(((string)assessment["programme"]!, (string)assessment["outcome"]!), Is.EqualTo(("SubsistenceAllowance", "Ineligible")));
            Assert.That((string)assessment["highest"]!, Is.EqualTo("MarginalLowIncome"));
            Assert.That(Items(assessment, "screenings").Select(screening => $"{screening!["programme"]} {screening["outcome"]}"), Is.EqualTo(new[]
            {
                "ExtremePovertySupport Ineligible", "SubsistenceAllowance Ineligible", "MarginalLowIncome Eligible",
                "EssentialExpenditureHardship Ineligible", "TemporaryAssistance Ineligible",
            }));
            Assert.That(Items(assessment, "others").Select(other => $"{other!["name"]}（{other["legalBasis"]!["code"]}）"), Is.EqualTo(new[]
            {
                "最低生活保障边缘家庭认定（LAW-21）", "医疗救助（LAW-24）", "教育救助（LAW-25）", "住房救助（LAW-26）", "就业救助（LAW-27）",
            }));
        });
    }

    [Test]
    public async Task Every_figure_is_explained_down_to_the_look_up_the_rule_and_the_parameter()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 40_000);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 50_000 });
        var path = await AssessedAsync(household);
        var lookup = (string)Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups"))).Single(one => (string)one!["source"]! == "SocialInsurance")!["lookupId"]!;

        var explanation = Expect(200, await Clerk.GetAsync($"{path}/assessment/explanation"));

        var steps = Items(explanation, "steps").Select(step => step!).ToList();
        var wage = steps.Single(step => (string)step["code"]! == "explain.income")["steps"]!.AsArray().Single()!;
        var amount = steps.Single(step => (string)step["code"]! == "explain.amount.Difference");
        Assert.Multiple(() =>
        {
            Assert.That((string)explanation["sentence"]!, Does.Contain("最低生活保障").And.Contain("符合条件"));
            Assert.That((string)wage["sentence"]!, Is.EqualTo("工资性收入：申报400.00元，部门答复500.00元，计入500.00元（部门答复不低于申报，按部门答复）。"));
            Assert.That((string)wage["lookupId"]!, Is.EqualTo(lookup));
            Assert.That((string)wage["legalBases"]![0]!["code"]!, Is.EqualTo("57-13"));
            Assert.That((string)amount["sentence"]!, Is.EqualTo("标准750.00元 × 1人 － 收入500.00元 ＝ 250.00元，每月发放250.00元。"));
            Assert.That(amount["parameters"]!.AsArray().Select(row => $"{row!["code"]} {row["value"]} {row["fromOn"]} {row["legalBasisCode"]} {row["isSample"]}"),
                Does.Contain("subsistence-allowance.standard 75000 2026-07-01 LAW-19 true"));
        });
    }

    [Test]
    public async Task The_explanation_reads_as_plain_Chinese_with_its_articles()
    {
        var path = await AssessedAsync(AHousehold.OfOne());

        var text = Expect(200, await Clerk.GetAsync($"{path}/assessment/explanation/text")).Text;

        Assert.That(text.Split('\n'), Has.Some.StartsWith("    家庭月收入0.00元，共1人，人均0.00元，低于最低生活保障标准750.00元").And.Some.Contains("第十八条"));
        Assert.That(text, Does.Not.Contain("{").And.Not.Contain("explain."));
    }

    [Test]
    public async Task An_assessment_comes_about_again_from_what_is_stored()
    {
        var path = await AssessedAsync(AHousehold.OfThree().Declaring(0, "Wages", 90_000));

        var replay = Expect(200, await As("auditor", District).GetAsync($"{path}/assessment/replay"));

        Assert.That(((bool)replay["isSame"]!, (string)replay["outcome"]!, (long)replay["monthlyFen"]!), Is.EqualTo((true, "Eligible", 135_000L)));
    }

    [Test]
    public async Task Before_an_assessment_there_is_nothing_to_explain_or_replay()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());

        Assert.That((await Clerk.GetAsync($"{path}/assessment/explanation")).Status, Is.EqualTo(404));
        Assert.That((await Clerk.GetAsync($"{path}/assessment/explanation/text")).Status, Is.EqualTo(404));
        Assert.That((await Clerk.GetAsync($"{path}/assessment/replay")).Status, Is.EqualTo(404));
        Assert.That((await As("clerk", "140213055").GetAsync($"{path}/assessment/explanation")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task What_if_another_income_or_a_future_standard_and_nothing_is_saved()
    {
        var path = await AssessedAsync(AHousehold.OfOne().Declaring(0, "Wages", 40_000));
        var person = await PersonAsync(path);

        var income = Expect(200, await SimulatedAsync(path, new JsonObject
        {
            ["incomes"] = new JsonArray(new JsonObject { ["personId"] = person, ["kind"] = "Wages", ["monthlyFen"] = 75_000 }),
        }));
        var standard = Expect(200, await SimulatedAsync(path, new JsonObject
        {
            ["on"] = "2027-01-01",
            ["parameters"] = new JsonArray(new JsonObject { ["code"] = "subsistence-allowance.standard", ["value"] = 80_000 }),
        }));

        Assert.Multiple(async () =>
        {
            Assert.That((string)income["assessment"]!["outcome"]!, Is.EqualTo("Ineligible"));
            Assert.That(((long)standard["assessment"]!["monthlyFen"]!, (string)standard["on"]!), Is.EqualTo((40_000L, "2027-01-01")));
            Assert.That((bool)standard["assessment"]!["usesSamples"]!, "what is supposed is no official number");
            Assert.That((long)Expect(200, await Clerk.GetAsync($"{path}/assessment"))["monthlyFen"]!, Is.EqualTo(35_000));
        });
    }

    [Test]
    public async Task A_supposition_that_makes_no_sense_is_refused_with_every_fault()
    {
        var path = await AssessedAsync(AHousehold.OfOne());

        var faults = await SimulatedAsync(path, new JsonObject
        {
            ["on"] = "2020-01-01",
            ["parameters"] = new JsonArray(new JsonObject { ["code"] = "procedure.posting.days", ["value"] = 1 }),
        });
        var stranger = await SimulatedAsync(path, new JsonObject { ["leaving"] = new JsonArray(Guid.Empty.ToString()) });

        Refused(faults, 400, "invalid-request");
        Assert.That(Items(faults, "errors").Select(fault => (string)fault!["code"]!), Is.EquivalentTo(new[] { "in-the-past", "unknown-parameter" }));
        Refused(stranger, 422, "member-not-in-household");
    }

    [Test]
    public async Task Each_programme_of_a_case_has_its_own_assessment()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 100_000);
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MarginalLowIncome");
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.OnRecord(World).ToString()));
        var paths = Items(answer, "applications").Select(application => $"/v1/applications/{application!["applicationId"]}").ToList();
        foreach (var item in Items(await SealedAsync(paths[0])).Where(item => (string)item!["status"]! == "Required"))
        {
            await SupplyAsync(paths[0], item!);
        }

        foreach (var path in paths)
        {
            Expect(201, await ActAsync(Clerk, path, "acceptance"));
            Expect(201, await ActAsync(Reviewer, path, "assessment"));
        }

        Assert.That((string)Expect(200, await Clerk.GetAsync($"{paths[0]}/assessment"))["outcome"]!, Is.EqualTo("Ineligible"), "and not the newest of the case");
        Assert.That((string)Expect(200, await Clerk.GetAsync($"{paths[1]}/assessment"))["outcome"]!, Is.EqualTo("Eligible"));
        Refused(await ActAsync(Reviewer, paths[1], "preliminary-review", Opinion("ProposeGrant")), 409, "no-procedure-for-programme");
        Expect(201, await ActAsync(Reviewer, paths[0], "preliminary-review", Opinion("ProposeRefusal")));
    }

    // 特困人员认定办法 art. 8.
    [Test]
    public async Task Whether_somebody_who_owes_support_is_able_the_office_finds_out()
    {
        var household = AHousehold.OfOne();
        household.Member(0)["identityNumber"] = AHousehold.IdentityNumberOf(1950, 7);
        household.Form["programmes"] = new JsonArray("ExtremePovertySupport");
        household.Form["obligors"] = new JsonArray(new JsonObject
        {
            ["name"] = "样例义务人",
            ["identityNumber"] = AHousehold.IdentityNumberOf(1975, 8),
            ["relationship"] = "Child",
        });
        var path = await AssessedAsync(household);
        Assert.That((string)Expect(200, await Clerk.GetAsync($"{path}/assessment"))["outcome"]!, Is.EqualTo("NeedsReview"));
        var obligor = (string)Items(Expect(200, await Clerk.GetAsync($"{path}/consents"))).Single(one => (bool)one!["isObligor"]!)!["personId"]!;

        Refused(await ActAsync(Reviewer, path, "obligor-determinations", Determination(await PersonAsync(path), "Able")), 422, "member-not-in-household");
        Refused(await ActAsync(Reviewer, path, "obligor-determinations", Determination(obligor, "NotLookedInto")), 400, "invalid-request");
        Assert.That((await ActAsync(Clerk, path, "obligor-determinations", Determination(obligor, "Able"))).Status, Is.EqualTo(403));
        Expect(201, await ActAsync(Reviewer, path, "obligor-determinations", Determination(obligor, "DisabledOnLowIncome")));

        var assessment = Expect(201, await ActAsync(Reviewer, path, "assessment"));
        Assert.That(((string)assessment["outcome"]!, (long)assessment["monthlyFen"]!), Is.EqualTo(("Eligible", 97_500L)));
        Assert.That(await SentencesAsync(path), Has.Some.Contains("无能力（重残低收入）"));
    }

    // Act art. 50: the help before the papers, and before the departments.
    [Test]
    public async Task An_emergency_is_assessed_by_what_happened_alone()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 500_000);
        household.Form["programmes"] = new JsonArray("TemporaryAssistance");
        household.Form["emergencyPlace"] = AHousehold.Residence;
        household.Form["emergency"] = new JsonObject { ["kind"] = "Accident", ["occurredOn"] = "2026-09-21", ["neededFen"] = 60_000 };
        var path = await AssessedAsync(household);

        var assessment = Expect(200, await Clerk.GetAsync($"{path}/assessment"));

        Assert.Multiple(() =>
        {
            Assert.That((string)assessment["outcome"]!, Is.EqualTo("Eligible"));
            Assert.That(((string)assessment["allowance"]!["method"]!, (long)assessment["allowance"]!["amountFen"]!, (bool)assessment["allowance"]!["isOnce"]!),
                Is.EqualTo(("SmallSum", 60_000L, true)));
            Assert.That((long)assessment["monthlyFen"]!, Is.Zero, "paid once");
        });
    }

    [Test]
    public async Task An_emergency_belongs_to_temporary_assistance()
    {
        var household = AHousehold.OfOne();
        household.Form["emergency"] = new JsonObject { ["kind"] = "Accident", ["occurredOn"] = "2026-09-21", ["neededFen"] = 60_000 };

        Refused(await AnyWindow.PostAsync("/v1/applications", household.ToString()), 400, "invalid-request");
    }

    private static JsonObject Determination(string personId, string ability) =>
        new() { ["personId"] = personId, ["ability"] = ability, ["reasons"] = "入户核实。" };

    private Task<ApiAnswer> SimulatedAsync(string path, JsonObject supposition) => Clerk.PostAsync($"{path}/assessment-simulations", supposition.ToJsonString());
}
