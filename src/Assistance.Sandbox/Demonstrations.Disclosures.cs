using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assistance.Domain.Lookups;

namespace Assistance.Sandbox;

/// <summary>Told once, and departments answer: what is asked for, what is not, and the exceptions.</summary>
public sealed partial class Demonstrations
{
    private async Task ElderlyCoupleAsync()
    {
        var path = PathOf(await SubmittedAsync());
        var disclosure = await SealedAsync(path);
        Check(Asked(disclosure).Count == 0, "nothing has to be brought: the departments answered everything");
        await AcceptedAsync(path, disclosure);
        await PrintDisclosureAsync(path);
    }

    private async Task ProofShownWithTheFormAsync()
    {
        var path = PathOf(await SubmittedAsync());
        var disclosure = await SealedAsync(path);
        Check((string)Item(disclosure, "residence-proof")["status"]! == "Supplied" && Asked(disclosure).Count == 0, "the lease shown at the window is on the list as received");
        await PrintDisclosureAsync(path);
        await AcceptedAsync(path, disclosure);
    }

    private async Task DepartmentOutOfServiceAsync()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);
        try
        {
            await PlayedAsync();
        }
        finally
        {
            World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
            // So that nobody played afterwards finds the service still sparing the department.
            World.Clock.Forward(TimeSpan.FromHours(2));
        }

        async Task PlayedAsync()
        {
            var path = PathOf(await SubmittedAsync());
            var disclosure = await SealedAsync(path);
            var item = Item(disclosure, "tax-record");
            Check((string)item["cause"]! == "DepartmentUnavailable" && Asked(disclosure) is ["tax-record"], "the silent department's item is asked for, with that cause");
            await PrintDisclosureAsync(path);
            World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
            World.Clock.Forward(TimeSpan.FromHours(2));
            disclosure = await AnsweredAsync(path, "tax-record");
            var difference = Items(disclosure, "differences").Single()!;
            Check((string)difference["itemKey"]! == (string)item["itemKey"]! && (string)difference["change"]! == "NoLongerNeeded", "the department is back and answers: the item is withdrawn");
            Refused(await ActAsync(Clerk(Zhenhua), path, "disclosure-supplies", Supply(item)), 422, "department-answers-this", "it may not be taken from the household any more");
            await AcceptedAsync(path, disclosure);
        }
    }

    private async Task<ApiAnswer> AnsweredAsync(string path, string itemCode)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var disclosure = Expect(200, await Clerk(Zhenhua).GetAsync($"{path}/disclosure"));
            if ((string)Item(disclosure, itemCode)["status"]! == "AnsweredByDepartment")
            {
                return disclosure;
            }

            await Task.Delay(50);
        }

        throw new WrongAnswerException("the department did not answer within fifteen seconds");
    }

    private async Task IllegiblePhotographAsync()
    {
        var path = PathOf(await SubmittedAsync());
        var item = Item(await SealedAsync(path), "residence-proof");
        var photograph = await UploadedAsync(path, item, "租房合同照片", Photograph);
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "disclosure-supplies", Upload(item, photograph)));
        var returned = Item(
            Expect(201, await ActAsync(Clerk(Zhenhua), path, "disclosure-supply-returns", new JsonObject
            {
                ["itemKey"] = (string)item["itemKey"]!,
                ["reason"] = "Illegible",
                ["remark"] = "照片模糊，看不清地址和期限，请重新拍摄或扫描。",
            })),
            "residence-proof");
        Check((string)returned["status"]! == "Required" && (string)returned["cause"]! == "SentBack", "the same item is required again, with the reason, and nothing else");
        Refused(await ActAsync(Clerk(Zhenhua), path, "acceptance"), 409, "items-outstanding", "it is not accepted meanwhile");
        var scan = await UploadedAsync(path, item, "租房合同扫描件", Scan);
        var supplied = Item(Expect(201, await ActAsync(Clerk(Zhenhua), path, "disclosure-supplies", Upload(item, scan))), "residence-proof");
        Check(((string)supplied["attachmentIds"]!.AsArray().Single()!) == scan, "the scan stands for it now");
        Check((await Clerk(Zhenhua).GetAsync($"/v1/attachments/{photograph}/content")).Bytes.SequenceEqual(Photograph), "and the photograph stays on record");
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "acceptance"));
    }

    private async Task<string> UploadedAsync(string path, JsonNode item, string name, byte[] file)
    {
        var begun = Expect(201, await Clerk(Zhenhua).PostAsync($"{path}/attachments", new JsonObject
        {
            ["itemKey"] = (string)item["itemKey"]!,
            ["length"] = file.Length,
            ["contentHash"] = Convert.ToHexStringLower(SHA256.HashData(file)),
            ["name"] = name,
        }.ToJsonString()));
        var attachment = $"/v1/attachments/{begun["attachmentId"]}";
        // In two pieces, as over a bad connection.
        Expect(200, await Clerk(Zhenhua).PatchAsync(attachment, file.AsMemory(0, file.Length / 2), 0));
        var done = Expect(200, await Clerk(Zhenhua).PatchAsync(attachment, file.AsMemory(file.Length / 2), file.Length / 2));
        Check((string)done["state"]! == "Complete", $"{name}: {file.Length} bytes arrived");
        return (string)begun["attachmentId"]!;
    }

    private static JsonObject Upload(JsonNode item, string attachment)
    {
        var supply = Supply(item, "Upload");
        supply["attachmentIds"] = new JsonArray(attachment);
        return supply;
    }

    private async Task SecondListAsync()
    {
        var path = PathOf(await SubmittedAsync());
        var disclosure = await SealedAsync(path);
        var more = new JsonObject
        {
            ["otherMaterials"] = new JsonArray(new JsonObject { ["name"] = "工伤认定决定书", ["why"] = "核实是否有应当计入收入的工伤赔偿" }),
            ["reasons"] = "核算时发现申请人曾受工伤，赔偿情况没有部门可以查询，告知时尚不知道。",
        };
        Check((await ActAsync(Clerk(Zhenhua), path, "disclosure-overrides", more)).Status == 403, "no clerk can ask for more than was told");
        var tax = new JsonObject { ["itemKeys"] = new JsonArray((string)Item(disclosure, "tax-record")["itemKey"]!), ["reasons"] = "希望本人提供。" };
        Refused(await ActAsync(Supervisor, path, "disclosure-overrides", tax), 422, "department-answers-this", "no supervisor can ask for what a department answers");
        var second = Expect(201, await ActAsync(Supervisor, path, "disclosure-overrides", more));
        Check(Items(second, "versions").Count == 2 && (int)second["versions"][1]!["itemsAsked"]! == 1, $"a second list, {second["versions"][1]!["number"]}, with its reasons, counted as an exception");
        await PrintDisclosureAsync(path);
        await PrintDisclosureAsync(path, version: 2);
        await AcceptedAsync(path, second);
    }

    private async Task PapersOnFileAsync()
    {
        var path = PathOf(await SubmittedAsync());
        await AcceptedAsync(path, await SealedAsync(path));
        var queries = World.Departments.Queries.Count;
        var next = (JsonObject)JsonNode.Parse(form)!;
        next["programmes"] = new JsonArray("MarginalLowIncome", "MedicalAssistance");
        form = next.ToJsonString();
        Say("some weeks later they apply for two more programmes");
        World.Clock.Forward(TimeSpan.FromDays(21));
        var again = PathOf(await SubmittedAsync());
        var disclosure = await SealedAsync(again);
        Check(
            (string)Item(disclosure, "residence-proof")["status"]! == "OnFile" && (string)Item(disclosure, "deposit-statement")["status"]! == "OnFile",
            "what was shown the first time is on file");
        Check(Asked(disclosure).Count == 0, "nothing has to be brought");
        Check(
            (string)Item(disclosure, "tax-record")["status"]! == "OnFile" && World.Departments.Queries.Count == queries,
            "what the departments answered still holds, so none of them is asked a second time");
        Refused(
            await ActAsync(Clerk(Zhenhua), again, "disclosure-supplies", Supply(Item(disclosure, "residence-proof"))), 422, "already-on-file",
            "nor may it be taken again");
        await PrintDisclosureAsync(again);
        await AcceptedAsync(again, disclosure);
    }

    private async Task HeldAtAnotherOfficeAsync()
    {
        var submitted = await SubmittedAsync();
        var refused = await Clerk(Kaiyuan).PostAsync("/v1/applications", form);
        Refused(refused, 409, "already-applied", "another window cannot take the same people a second time");
        string[] secrets =
        [
            (string)submitted["caseNumber"]!, (string)submitted["caseFileId"]!, (string)submitted["applications"][0]!["applicationId"]!, Zhenhua, Wohuwan, "街道",
            (string)JsonNode.Parse(form)!["members"]![0]!["name"]!,
        ];
        Check(secrets.All(secret => !Says(refused.Text, secret)), "it is told neither which office, nor which case, nor who");
        var here = await AnyWindow.PostAsync("/v1/applications", form);
        Check(here.Code == "already-applied" && Says(here.Text, (string)submitted["caseNumber"]!), "the window that took the first is told its number");
        Check((await Clerk(Kaiyuan).GetAsync(PathOf(submitted))).Status == 404, "to any other office the case does not exist");
    }

    // A grey pixel, as hard to read as a photograph can be.
    private static readonly byte[] Photograph =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==");

    private static readonly byte[] Scan = """
        %PDF-1.4
        1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
        2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
        3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
        trailer << /Root 1 0 R >>
        %%EOF
        """u8.ToArray();
}
