using System.Text.Json.Nodes;

namespace Assistance.Sandbox;

/// <summary>Who counts, who acts for whom, and who is looked up.</summary>
public sealed partial class Demonstrations
{
    private async Task MinorWithAGuardianAsync()
    {
        var alone = (JsonObject)JsonNode.Parse(form)!;
        alone.Remove("agent");
        var refused = await AnyWindow.PostAsync("/v1/applications", alone.ToJsonString());
        Check(refused.Status == 400 && Items(refused, "errors").Any(fault => (string)fault!["code"]! == "guardian-needed"), "a minor alone is told what to add, at the member");
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        Check((await SettledAsync(path)).Select(lookup => lookup!["personId"]!.ToString()).Distinct().Count() == 1, "the guardian signed the consent, so the departments are asked");
        await AcceptedAsync(path, await SealedAsync(path));
        var told = Items(Expect(200, await Clerk(Zhenhua).GetAsync($"{path}/timeline")))[0]!;
        Check(Says((string)told["sentence"]!, "监护人"), "the timeline says that the guardian applied");
        Check(Says(await PrintAsync(path, "Form"), "监护人代办"), "and so does the form");
    }

    private async Task RepresentedByTheCommunityAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        var mandate = Items(Expect(200, await Clerk(Zhenhua).GetAsync($"{path}/agent-mandates"))).Single()!;
        Say($"mandate of {mandate["community"]} until {mandate["endsOn"]}");
        await PrintAsync(path, "Form");
        var disclosure = await SealedAsync(path);
        var supply = Supply(Item(disclosure, "residence-proof"));
        supply["mandateId"] = (string)mandate["mandateId"]!;
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "disclosure-supplies", supply));
        var told = Items(Expect(200, await Clerk(Zhenhua).GetAsync($"{path}/timeline?take=100")));
        Check(
            told.Where(entry => Says((string)entry!["sentence"]!, "由社区代办")).Select(entry => (string)entry!["kind"]!)
                .SequenceEqual(["ApplicationSubmitted", "ItemSupplied"]),
            "what the community did is marked as the community's");
        Expect(201, await Clerk(Zhenhua).PostAsync($"/v1/agent-mandates/{mandate["mandateId"]}/revocation", tag: $"\"{mandate["version"]}\""));
        var acknowledgement = new JsonObject
        {
            ["version"] = 1,
            ["way"] = "Signature",
            ["acknowledgedOn"] = Text(Today),
            ["personId"] = (string)submitted["memberIds"][0]!,
            ["mandateId"] = (string)mandate["mandateId"]!,
        };
        Refused(await ActAsync(Clerk(Zhenhua), path, "disclosure-acknowledgements", acknowledgement), 422, "mandate-does-not-cover", "once revoked, it covers nothing");
        acknowledgement.Remove("mandateId");
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "disclosure-acknowledgements", acknowledgement));
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "acceptance"));
    }

    private async Task DisabledAdultAloneAsync()
    {
        var path = PathOf(await SubmittedAsync());
        await StandsAsync(path, "Counts UnemployedSeverelyDisabledAdultsFileAlone", "DoesNotCount OnlyTheApplicantOfASinglePersonFilingCounts");
        await AcceptedAsync(path, await SealedAsync(path));
        var assessment = await AssessedAsync(path, "Eligible");
        var allowance = assessment["allowance"]!;
        Check((int)assessment["members"]! == 1 && (long)allowance["baseFen"]! == (long)assessment["standardFen"]!, "the father's wage is not counted");
        Check((string)allowance["topUps"]![0]!["category"]! == "SevereDisability" && (long)assessment["monthlyFen"]! > (long)allowance["baseFen"]!, "the severe disability adds to it");
    }

    private async Task DisabledAdultInReviewAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        await StandsAsync(path, "NeedsReview TheHouseholdMustBeOfMarginalLowIncome", "DoesNotCount OnlyTheApplicantOfASinglePersonFilingCounts");
        await AcceptedAsync(path, await SealedAsync(path));
        await AssessedAsync(path, "NeedsReview");
        Refused(
            await ActAsync(Reviewer(Zhenhua), path, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-needs-review",
            "no opinion while it is open whether the household is of marginal low income");
        await DetermineAsync(path, submitted["memberIds"][0]!, "经核算，父子二人人均月收入高于低保标准、低于低保标准的1.5倍，属于最低生活保障边缘家庭。");
        await StandsAsync(path, "Counts DeterminedByTheOffice", "DoesNotCount OnlyTheApplicantOfASinglePersonFilingCounts");
        await AssessedAsync(path, "Eligible");
    }

    private async Task AwayFromHomeAsync()
    {
        var path = PathOf(await SubmittedAsync());
        await StandsAsync(
            path,
            "Counts TheApplicantCounts",
            "DoesNotCount ThoseInPrisonRehabilitationOrMissingDoNotCount",
            "Counts AdultChildrenInFullTimeEducationCount",
            "DoesNotCount WhoeverIsLongAwayDoesNotCount");
        await PrintAsync(path, "Form");
        var disclosure = await SealedAsync(path);
        Check(
            Asked(disclosure).Count == 0 && (string)Item(disclosure, "student-status")["status"]! == "AnsweredByDepartment",
            "that the daughter studies the education department says, so nothing has to be shown");
        await AcceptedAsync(path, disclosure);
        var assessment = await AssessedAsync(path, "Eligible");
        Check((int)assessment["members"]! == 2 && (long)assessment["monthlyIncomeFen"]! == 60_000, "two divide the income, and the absent parent's pension is not counted");
    }

    private async Task DoubtfulRelationshipAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        var doubt = Items(Expect(200, await Clerk(Zhenhua).GetAsync($"{path}/composition")), "doubts").Single()!;
        Say($"“{doubt["sentence"]}”");
        Check((string)doubt["kind"]! == "ChildIsNotYounger", "the doubt is named, and the form is taken all the same");
        await AcceptedAsync(path, await SealedAsync(path));
        await AssessedAsync(path, "NeedsReview");
        await DetermineAsync(path, submitted["memberIds"][2]!, "系丈夫与前妻所生子女，与继母形成抚养关系，长期共同生活（户口簿、社区核实）。", "ChildIsNotYounger");
        Check(Items(Expect(200, await Clerk(Zhenhua).GetAsync($"{path}/composition")), "doubts").Count == 0, "the doubt is cleared");
        Check((int)(await AssessedAsync(path, "Eligible"))["members"]! == 3, "all three count");
    }

    private async Task ObligorsElsewhereAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        var lookups = await SettledAsync(path);
        Check(lookups.Select(lookup => lookup!["personId"]!.ToString()).Distinct().Count() == 2, "the mother and the son are looked up, by consents of their own");
        var daughter = (string)JsonNode.Parse(form)!["obligors"]![1]!["identityNumber"]!;
        Check(World.Departments.Queries.All(query => query.IdentityNumber != daughter), "no department was asked about the daughter, who did not consent");
        var disclosure = await SealedAsync(path);
        Check(Asked(disclosure).Count == 0, "nor is the mother asked for anything of her children");
        await AcceptedAsync(path, disclosure);
        await PrintAsync(path, "Form");
        var assessment = await AssessedAsync(path, "Eligible");
        Check(
            (int)assessment["members"]! == 1 && (long)assessment["monthlyIncomeFen"]! == 20_000,
            "neither is a member; what they pay is the mother's income, and the son's wage is not");
    }

    private async Task NewbornAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        var disclosure = await SealedAsync(path);
        Check(Asked(disclosure) is ["birth-certificate"], "the certificate of birth is the one thing asked for");
        Check(
            Items(disclosure).Count(item => (string?)item!["personId"] == (string)submitted["memberIds"][2]!) == 1,
            "no register is asked about somebody who is in none yet");
        await AcceptedAsync(path, disclosure);
        Check((int)(await AssessedAsync(path, "Eligible"))["members"]! == 3, "the child counts from the first day");
        await PrintAsync(path, "Form");
        await PrintDisclosureAsync(path);
    }

    private async Task StandsAsync(string path, params string[] standings)
    {
        var composition = Items(Expect(200, await Supervisor.GetAsync($"{path}/composition")), "standings");
        foreach (var member in composition)
        {
            Say($"{member!["standing"],-12} {member["sentence"]} ({Article(member["legalBasis"]!)})");
        }

        Check(composition.Select(member => $"{member!["standing"]} {member["rule"]}").SequenceEqual(standings), string.Join("; ", standings));
    }

    private async Task DetermineAsync(string path, JsonNode person, string reasons, params string[] clearedDoubts) =>
        Expect(201, await ActAsync(Reviewer(Zhenhua), path, "composition-determinations", new JsonObject
        {
            ["personId"] = (string)person!,
            ["counts"] = true,
            ["clearedDoubts"] = new JsonArray([.. clearedDoubts.Select(doubt => JsonValue.Create(doubt))]),
            ["reasons"] = reasons,
        }));

    private static JsonObject Opinion(string opinion) => new() { ["opinion"] = opinion, ["reasons"] = "依据核算结果。" };
}
