using System.Text.Json.Nodes;
using Assistance.Api.Security;

namespace Assistance.Sandbox;

/// <summary>A household of <c>seeds/households</c>: its file, what it shows, and how it is played.</summary>
public sealed record Demonstration(string Name, string Shows, Func<Demonstrations, Task> Play);

/// <summary>
/// Plays the demonstration households, each from its form to the answer it is there to show. What they have in common is
/// here; the plays stand in files by what they are about.
/// </summary>
/// <param name="documentsPath">The folder that the printed papers go to.</param>
public sealed partial class Demonstrations(Uri service, SimulatedWorld world, string seedsPath, string documentsPath, Demonstration demonstration)
    : Stage(service, world, seedsPath)
{
    private const string Yongtai = "140213050";
    private const string Zhenhua = "140213054";
    private const string Yuhe = "140213057";
    private const string Kaiyuan = "140213058";
    private const string Wohuwan = "140213061";
    private const string Shuibosi = "140213066";

    private string form = "";

    /// <summary>One row for each file, in the order in which they are told.</summary>
    public static IReadOnlyList<Demonstration> All { get; } =
    [
        new("three-in-another-street", "Registered in one street, living in another: the street of residence accepts", play => play.ThreeInAnotherStreetAsync()),
        new("living-outside", "Registered here, living outside: the street of registration accepts, in 45 working days", play => play.LivingOutsideAsync()),
        new("members-of-two-provinces", "Members of two provinces: where a member is registered and lives", play => play.MembersOfTwoProvincesAsync()),
        new("members-of-two-provinces-living-outside", "Members of two provinces, none at home: where any member is registered", play => play.MembersOfTwoProvincesLivingOutsideAsync()),
        new("members-of-two-provinces-at-home-elsewhere", "Members of two provinces, one at home in another district: passed on to it", play => play.MembersOfTwoProvincesAtHomeElsewhereAsync()),
        new("members-of-two-counties", "Members of two counties of Shanxi: a rule that stands in for one not found, and says so", play => play.MembersOfTwoCountiesAsync()),
        new("registered-elsewhere", "Registered and living elsewhere: taken, and passed on with guidance", play => play.RegisteredElsewhereAsync()),
        new("residence-permit", "A residence permit from here, the local policy not open: passed on with guidance", play => play.ResidencePermitAsync()),
        new("emergency-here", "An emergency here for somebody registered elsewhere: accepted where it happened", play => play.EmergencyHereAsync()),
        new("education-at-the-school", "Education: registered, and led to the school", play => play.EducationAtTheSchoolAsync()),
        new("housing-at-two-doors", "Housing: the street accepts, and so does the housing department", play => play.HousingAtTwoDoorsAsync()),
        new("several-programmes", "Four programmes on one form: one case, one list, one application each", play => play.SeveralProgrammesAsync()),
        new("minor-with-a-guardian", "A minor applies through a guardian, who signs", play => play.MinorWithAGuardianAsync()),
        new("represented-by-the-community", "The community acts by a mandate, until it is revoked", play => play.RepresentedByTheCommunityAsync()),
        new("disabled-adult-alone", "A severely disabled adult without work files alone, and counts at once", play => play.DisabledAdultAloneAsync()),
        new("disabled-adult-in-review", "A single-person filing that the office has to look into first", play => play.DisabledAdultInReviewAsync()),
        new("away-from-home", "A husband in prison, a student at school, a parent long away: who counts", play => play.AwayFromHomeAsync()),
        new("doubtful-relationship", "A child older than the parent: looked into and determined, not turned away", play => play.DoubtfulRelationshipAsync()),
        new("obligors-elsewhere", "A son who consents and a daughter who does not: only the son is looked up", play => play.ObligorsElsewhereAsync()),
        new("newborn", "A newborn without a number: the certificate of birth and nothing else", play => play.NewbornAsync()),
        new("elderly-couple", "Everything known to the departments: nothing to bring", play => play.ElderlyCoupleAsync()),
        new("proof-shown-with-the-form", "The lease was shown with the form: not asked for again", play => play.ProofShownWithTheFormAsync()),
        new("department-out-of-service", "A department is down: its item is asked for, and withdrawn when it answers", play => play.DepartmentOutOfServiceAsync()),
        new("every-outcome", "Every kind of answer a department gives, a consent taken back, a wage put right", play => play.EveryOutcomeAsync()),
        new("illegible-photograph", "A photograph is sent back illegible and replaced by a scan", play => play.IllegiblePhotographAsync()),
        new("second-list", "A supervisor asks for more, with reasons: a second list", play => play.SecondListAsync()),
        new("papers-on-file", "A second application of the same household finds its papers on file", play => play.PapersOnFileAsync()),
        new("held-at-another-office", "A second application elsewhere: refused without telling where the first is", play => play.HeldAtAnotherOfficeAsync()),
        new("income-above-standard", "An income that a department knows better: no opinion against the assessment", play => play.IncomeAboveStandardAsync()),
        new("related-to-staff", "Related to staff: no decision before the district's own visit", play => play.RelatedToStaffAsync()),
        new("moves-during-the-case", "A move during the case: handed over, nothing starts anew", play => play.MovesDuringTheCaseAsync()),
        new("two-streets-differ", "Two streets differ: the district decides, the clocks run on", play => play.TwoStreetsDifferAsync()),
    ];

    private OfficerClient AnyWindow => Clerk(Wohuwan);

    private OfficerClient Supervisor => As("supervisor-district", Roles.Supervisor, District);

    private OfficerClient Confirmer => As("confirmer-district", Roles.Confirmer, District);

    /// <exception cref="WrongAnswerException">An answer was wrong.</exception>
    public async Task PlayAsync()
    {
        Title($"{demonstration.Name}: {demonstration.Shows}");
        form = await HouseholdAsync(demonstration.Name);
        await demonstration.Play(this);
    }

    private OfficerClient Clerk(string street) => As($"clerk-{street}", Roles.Clerk, street);

    private OfficerClient Reviewer(string street) => As($"reviewer-{street}", Roles.Reviewer, street);

    private async Task<ApiAnswer> SubmittedAsync()
    {
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", form));
        foreach (var application in Items(submitted, "applications"))
        {
            var routing = application!["routing"]!;
            Say($"{submitted["caseNumber"]} {application["programme"]}: {routing["sentence"]} → {routing["acceptingDivision"] ?? "-"} ({Articles(routing["legalBases"]!)})");
        }

        return submitted;
    }

    private static string PathOf(ApiAnswer submitted, int application = 0) =>
        $"/v1/applications/{submitted["applications"][application]!["applicationId"]}";

    private void Routed(ApiAnswer submitted, string rule, string? to, string what)
    {
        var routing = submitted["applications"][0]!["routing"]!;
        Check((string)routing["rule"]! == rule && (string?)routing["acceptingDivisionCode"] == to, what);
    }

    private async Task PassedOnAsync(string rule, string to)
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        Check((string)submitted["applications"][0]!["state"]! == "TransferredOut", "it is taken and passed on, and not refused");
        Routed(submitted, rule, to, $"it goes to {submitted["applications"][0]!["routing"]!["acceptingDivision"]}, by written guidance");
        var transfer = Items(Expect(200, await AnyWindow.GetAsync($"{path}/transfers")), "transfers").Single()!;
        Check((string)transfer["kind"]! == "Outward", $"that authority has until {transfer["dueOn"]} to take it up");
        await PrintAsync(path, "Receipt");
        var notice = await PrintAsync(path, "TransferNotice");
        Check(Says(notice, "不需要重新提出申请") && Says(notice, "您的权利"), "the notice says that nobody applies anew, and names the remedies");
        Expect(201, await ActAsync(Supervisor, path, "transfer-receipt"));
    }

    private async Task<JsonArray> SettledAsync(string path, int round = 1)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var answer = Expect(200, await Supervisor.GetAsync($"{path}/lookups"));
            if ((bool)answer["isSettled"]! && (Items(answer).Count == 0 ? round == 1 : Items(answer).Max(item => (int)item!["round"]!) >= round))
            {
                return Items(answer);
            }

            await Task.Delay(50);
        }

        throw new WrongAnswerException("the look-ups did not settle within fifteen seconds");
    }

    private async Task<ApiAnswer> SealedAsync(string path, string street = Zhenhua)
    {
        await SettledAsync(path);
        var disclosure = Expect(201, await ActAsync(Clerk(street), path, "disclosure"));
        foreach (var item in Items(disclosure))
        {
            Say($"{item!["status"],-21} {item["name"]} {item["personName"]}");
        }

        return disclosure;
    }

    private static List<string> Asked(ApiAnswer disclosure) =>
        [.. Items(disclosure).Where(item => (bool)item!["isAsked"]!).Select(item => (string)item!["itemCode"]!)];

    private static JsonNode Item(ApiAnswer disclosure, string code) => Items(disclosure).First(item => (string)item!["itemCode"]! == code)!;

    private static JsonObject Supply(JsonNode item, string way = "PaperSighted") => new() { ["itemKey"] = (string)item["itemKey"]!, ["way"] = way };

    /// <summary>Brings everything that was asked for, and has the application accepted.</summary>
    private async Task<ApiAnswer> AcceptedAsync(string path, ApiAnswer disclosure, string street = Zhenhua)
    {
        foreach (var item in Items(disclosure).Where(item => (string)item!["status"]! == "Required"))
        {
            Expect(201, await ActAsync(Clerk(street), path, "disclosure-supplies", Supply(item!)));
            Say($"brought: {item!["name"]} {item["personName"]}");
        }

        var accepted = Expect(201, await ActAsync(Clerk(street), path, "acceptance"));
        Say(accepted.Json!["dueOn"] is { } dueOn ? $"accepted; due {dueOn}" : "accepted; no article names a last day");
        return accepted;
    }

    private async Task<ApiAnswer> AssessedAsync(string path, string outcome, string street = Zhenhua)
    {
        var assessment = Expect(201, await ActAsync(Reviewer(street), path, "assessment"));
        foreach (var finding in Items(assessment, "findings"))
        {
            Say($"{finding!["outcome"],-11} {finding["sentence"]}");
        }

        Check((string)assessment["outcome"]! == outcome, $"the assessment says: {outcome}");
        return assessment;
    }

    private async Task<ApiAnswer> ActAsync(OfficerClient officer, string path, string act, JsonObject? body = null) =>
        await officer.PostAsync($"{path}/{act}", body?.ToJsonString(), await TagAsync(path));

    private void Refused(ApiAnswer answer, int status, string code, string what)
    {
        Check(answer.Status == status && answer.Code == code, $"{what}: {status} {code}");
        Say($"“{answer["detail"]}”");
    }

    private async Task<string> PrintAsync(string path, string document)
    {
        var page = Expect(200, await Supervisor.GetAsync($"{path}/documents/{document}")).Text;
        await KeepAsync(document, page, "html");
        return page;
    }

    private static bool Says(string text, string what) => text.Contains(what, StringComparison.Ordinal);

    private async Task PrintDisclosureAsync(string path, int version = 1)
    {
        await KeepAsync($"Disclosure-{version}", Expect(200, await Supervisor.GetAsync($"{path}/disclosure/page?version={version}")).Text, "html");
        await KeepAsync($"Disclosure-{version}-large", Expect(200, await Supervisor.GetAsync($"{path}/disclosure/page?version={version}&largePrint=true")).Text, "html");
        await KeepAsync($"Disclosure-{version}", Expect(200, await Supervisor.GetAsync($"{path}/disclosure/text?version={version}")).Text, "txt");
    }

    private async Task KeepAsync(string document, string text, string type)
    {
        Directory.CreateDirectory(documentsPath);
        await File.WriteAllTextAsync(Path.Combine(documentsPath, $"{demonstration.Name}.{document}.{type}"), text);
    }

    private static JsonArray Items(ApiAnswer answer, string member = "items") => (JsonArray)answer[member];
}
