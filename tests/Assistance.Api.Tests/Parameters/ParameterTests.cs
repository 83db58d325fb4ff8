using System.Globalization;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;
using Assistance.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assistance.Api.Tests.Parameters;

/// <summary>
/// Parameters by the API: seen, proposed as a file, and put in force by a second person. Each test has a parameter of its own,
/// since what one activates is there for all.
/// </summary>
public sealed class ParameterTests(Engine engine) : ApiTests(engine)
{
    private const string Uploads = "/v1/parameter-uploads";
    private const string Heading = "code,value,unit,from,to,basis,documentNumber,sample,note";

    private OfficerClient First => As(Roles.Supervisor, District, "first");

    private OfficerClient Second => As(Roles.Supervisor, District, "second");

    [Test]
    public async Task The_parameters_in_force_are_listed_with_name_unit_basis_and_whether_they_are_samples()
    {
        var standard = Items(Expect(200, await Clerk.GetAsync($"/v1/parameters?code={ParameterCodes.Standard}&on=2026-09-21"))).Single()!;
        var former = Items(Expect(200, await Clerk.GetAsync($"/v1/parameters?code={ParameterCodes.Standard}&on=2026-06-30", "en"))).Single()!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)standard["name"], Is.EqualTo("最低生活保障标准"));
            Assert.That(((long?)standard["value"], (string?)standard["unit"]), Is.EqualTo((75000L, "fen/month")));
            Assert.That((string?)standard["fromOn"], Is.EqualTo("2026-07-01"));
            Assert.That((string?)standard["legalBasis"]!["code"], Is.EqualTo("LAW-19"));
            Assert.That((string?)standard["legalBasis"]!["article"], Is.EqualTo("第十九条"));
            Assert.That((bool?)standard["isSample"], Is.True);
            Assert.That(((long?)former["value"], (string?)former["toOn"], (string?)former["name"]), Is.EqualTo((70000L, "2026-06-30", "subsistence allowance standard")));
        });
    }

    [Test]
    public async Task The_list_pages_by_code_and_holds_every_parameter_once()
    {
        var codes = new List<string>();
        var pages = 0;
        string? after = null;
        do
        {
            var page = Expect(200, await Clerk.GetAsync($"/v1/parameters?take=7{(after is null ? "" : $"&after={after}")}"));
            codes.AddRange(Items(page).Select(item => (string)item!["code"]!));
            after = (string?)page.Json!["next"];
            pages++;
        }
        while (after is not null);

        Assert.Multiple(() =>
        {
            Assert.That(codes, Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.SubsetOf(ParameterCodes.All));
            Assert.That(ParameterCodes.All.Except(ParameterCodes.Optional), Is.SubsetOf(codes));
            Assert.That(pages, Is.EqualTo((codes.Count + 6) / 7));
        });
    }

    [TestCase("on=soon")]
    [TestCase("after=x")]
    [TestCase("after=subsistence-allowance.standard0198f5a0000070008000000000000001")]
    [TestCase("take=0")]
    [TestCase("unit=days")]
    public async Task A_filter_that_cannot_be_is_400(string query) => Refused(await Clerk.GetAsync($"/v1/parameters?{query}"), 400, "invalid-request");

    [Test]
    public async Task A_dry_run_tells_what_would_change_and_keeps_nothing()
    {
        var before = await UploadsAsync();

        var report = Expect(200, await First.PostAsync($"{Uploads}?dryRun=true", Body($"{ParameterCodes.VehiclesAllowed},1,count,{In(10)},,57-14,,true,")));

        Assert.Multiple(() =>
        {
            Assert.That((bool?)report["isAcceptable"], Is.True);
            Assert.That(Items(report, "faults"), Is.Empty);
            var change = Items(report, "changes").Single()!;
            Assert.That(((int?)change["line"], (long?)change["oldValue"], (long?)change["newValue"]), Is.EqualTo((2, 0L, 1L)));
            Assert.That(((string?)change["fromOn"], (string?)change["formerEndsOn"]), Is.EqualTo((In(10), In(9))));
            Assert.That((string?)change["name"], Is.EqualTo("允许拥有的车辆、船舶数"));
        });
        Assert.That(await UploadsAsync(), Is.EqualTo(before));
        Assert.That(await RowsAsync(ParameterCodes.VehiclesAllowed), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_key_of_a_dry_run_is_still_free_for_the_upload()
    {
        var body = Body($"{ParameterCodes.VehiclesAllowed},1,count,{In(10)},,57-14,,true,");
        Expect(200, await First.PostAsync($"{Uploads}?dryRun=true", body, key: "dry-then-real"));

        var real = Expect(201, await First.PostAsync(Uploads, body, key: "dry-then-real"));
        var again = Expect(201, await First.PostAsync(Uploads, body, key: "dry-then-real"));

        Assert.That((real.IsReplay, again.IsReplay, again.Text), Is.EqualTo((false, true, real.Text)));
    }

    [Test]
    public async Task Everything_wrong_with_a_file_is_told_at_once_by_line_and_column_and_the_same_by_a_dry_run()
    {
        var before = await UploadsAsync();
        var body = Body(
            $"no-such-code,-1,days,{In(0)},,LAW-99,,maybe,",
            "",
            $"\"{ParameterCodes.Standard}\",800.00,yuan/month,{In(10)},{In(20)},LAW-19,,true,\"two\nlines\"",
            $"{ParameterCodes.Standard},1,fen/month,{In(10)}");
        string[] expected =
        [
            "$.csv[2].code unknown-code", "$.csv[2].value negative", "$.csv[2].from too-early", "$.csv[2].basis unknown-basis", "$.csv[2].sample not-true-or-false",
            "$.csv[4].value not-a-whole-number", "$.csv[4].unit unit-differs", "$.csv[4].to gap-after",
            "$.csv[6] field-count",
        ];

        var refused = await First.PostAsync(Uploads, body);
        var dry = Expect(200, await First.PostAsync($"{Uploads}?dryRun=true", body, language: "en"));

        Refused(refused, 400, "invalid-request");
        Assert.Multiple(() =>
        {
            Assert.That(Faults(refused, "errors"), Is.EqualTo(expected));
            Assert.That(Faults(dry, "faults"), Is.EqualTo(expected));
            Assert.That((bool?)dry["isAcceptable"], Is.False);
            Assert.That((string?)Items(dry, "faults")[6]!["detail"], Is.EqualTo("The unit of this parameter is fen/month: convert the value and write that."));
            Assert.That((string?)Items(refused, "errors")[2]!["detail"], Does.Contain(In(1)));
        });
        Assert.That(await UploadsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_file_that_is_no_CSV_is_refused_by_its_line() =>
        Assert.That(
            Faults(await First.PostAsync(Uploads, Body($"{ParameterCodes.Standard},1,fen/month,{In(10)},,LAW-19,a\"b\"c,true,", $"{ParameterCodes.Standard},1,fen/month,{In(20)},,LAW-19,,true,")), "errors"),
            Is.EqualTo(new[] { "$.csv[2] not-csv" }));

    [TestCase("{\"csv\":\"\",\"reasons\":\"r\"}", "$.csv blank")]
    [TestCase("{\"csv\":\"a\\u0000b\",\"reasons\":\"r\"}", "$.csv control-character")]
    [TestCase("{\"csv\":\"a\"}", "$.reasons missing")]
    public async Task A_body_that_is_wrong_is_400_by_path(string body, string fault) =>
        Assert.That(Faults(await First.PostAsync($"{Uploads}?dryRun=true", body), "errors"), Is.EqualTo(new[] { fault }));

    [Test]
    public async Task A_file_of_an_editor_with_a_mark_at_its_start_and_other_line_ends_is_read()
    {
        var csv = $"\ufeff{Heading}\r\n{ParameterCodes.VehiclesAllowed},1,count,{In(10)},,57-14,,true,\r\n";

        Expect(200, await First.PostAsync($"{Uploads}?dryRun=true", new JsonObject { ["csv"] = csv, ["reasons"] = "试运行。" }.ToJsonString()));
    }

    [Test]
    public async Task A_second_person_puts_a_proposal_in_force_and_who_stands_for_it_is_kept_with_the_row()
    {
        const string Code = ParameterCodes.EvidenceValidDays;
        var upload = await ProposedAsync($"{Code},180,days,{In(3)},,57-10,平民发〔2026〕9号,false,试行");
        var shown = Expect(200, await Second.GetAsync(upload));
        Assert.Multiple(() =>
        {
            Assert.That((string?)shown["state"], Is.EqualTo("Proposed"));
            Assert.That((string?)shown["proposedBy"], Is.EqualTo("first"));
            Assert.That((string?)Items(shown, "rows").Single()!["note"], Is.EqualTo("试行"));
            Assert.That((long?)shown["report"]["changes"]![0]!["oldValue"], Is.EqualTo(365));
        });
        Assert.That(await ValueAsync(Code, In(3)), Is.EqualTo(365), "a proposal changes nothing");

        var activated = Expect(201, await Second.PostAsync($"{upload}/activation", tag: shown.Tag));

        Assert.That((string?)activated["state"], Is.EqualTo("Activated"));
        Assert.That((await ValueAsync(Code, In(2)), await ValueAsync(Code, In(3))), Is.EqualTo((365L, 180L)));
        var history = Items(Expect(200, await Clerk.GetAsync($"/v1/parameters/{Code}/history")), "rows");
        Assert.Multiple(() =>
        {
            Assert.That(history.Select(row => (string?)row!["origin"]), Is.EqualTo(new[] { "Seed", "Upload" }));
            Assert.That((string?)history[0]!["toOn"], Is.EqualTo(In(2)));
            Assert.That((string?)history[0]!["endedBy"]!["activatedBy"], Is.EqualTo("second"));
            Assert.That(history[0]!["upload"], Is.Null);
            Assert.That(upload, Does.EndWith((string)history[1]!["upload"]!["uploadId"]!));
            Assert.That(((string?)history[1]!["upload"]!["proposedBy"], (string?)history[1]!["upload"]!["activatedBy"]), Is.EqualTo(("first", "second")));
            Assert.That((string?)history[1]!["documentNumber"], Is.EqualTo("平民发〔2026〕9号"));
            Assert.That(history[1]!["toOn"], Is.Null);
        });
        var closed = Expect(200, await Second.GetAsync(upload));
        Assert.That(((string?)closed["closedBy"], closed.Json!["report"]), Is.EqualTo(("second", (JsonNode?)null)));
    }

    [TestCase("no-such-code")]
    [TestCase("保障标准")]
    [TestCase("a-code-that-is-longer-than-any-column-of-a-code-could-ever-be-and-that-still-goes-on-for-quite-a-while-until-it-ends")]
    public async Task A_parameter_that_there_is_not_has_no_history(string code) =>
        Refused(await Clerk.GetAsync($"/v1/parameters/{Uri.EscapeDataString(code)}/history"), 404, "not-found");

    [Test]
    public async Task Whoever_proposed_neither_activates_nor_rejects_and_nobody_else_withdraws()
    {
        var upload = await ProposedAsync($"{ParameterCodes.LongAbsenceMonths},12,months,{In(5)},,57-7,,true,");
        var tag = await TagAsync(upload);

        Refused(await First.PostAsync($"{upload}/activation", tag: tag), 409, "own-proposal", "LAW-19");
        Refused(await First.PostAsync($"{upload}/rejection", Reasons, tag), 409, "own-proposal", "LAW-19");
        Refused(await Second.PostAsync($"{upload}/withdrawal", Reasons, tag), 409, "not-the-proposer", "LAW-19");
        Expect(201, await First.PostAsync($"{upload}/withdrawal", Reasons, tag));
        var withdrawn = Expect(200, await Second.GetAsync(upload));
        Assert.That(
            ((string?)withdrawn["state"], (string?)withdrawn["closedBy"], (string?)withdrawn["closingReasons"]), Is.EqualTo(("Withdrawn", "first", "文号有误。")));
        Refused(await Second.PostAsync($"{upload}/activation", tag: withdrawn.Tag), 409, "wrong-state");
        Assert.That(await RowsAsync(ParameterCodes.LongAbsenceMonths), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_second_person_turns_a_proposal_down_and_it_is_found_by_its_state()
    {
        var upload = await ProposedAsync($"{ParameterCodes.LongAbsenceMonths},12,months,{In(5)},,57-7,,true,");

        Expect(201, await Second.PostAsync($"{upload}/rejection", Reasons, await TagAsync(upload)));

        var rejected = Items(Expect(200, await As(Roles.Auditor, District).GetAsync($"{Uploads}?state=Rejected&take=100"))).Select(item => (string)item!["uploadId"]!);
        Assert.That(rejected.Select(id => $"{Uploads}/{id}"), Does.Contain(upload));
        Assert.That((await UploadsAsync()).Select(id => $"{Uploads}/{id}"), Does.Contain(upload));
        Assert.That(await RowsAsync(ParameterCodes.LongAbsenceMonths), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_act_on_a_proposal_needs_the_tag_that_was_read()
    {
        var upload = await ProposedAsync($"{ParameterCodes.LongAbsenceMonths},12,months,{In(5)},,57-7,,true,");

        Refused(await Second.PostAsync($"{upload}/activation"), 428, "precondition-required");
        Refused(await Second.PostAsync($"{upload}/activation", tag: "\"9\""), 412, "precondition-failed");
        Refused(await Second.PostAsync($"{Uploads}/{Guid.NewGuid()}/activation", tag: "\"1\""), 404, "not-found");
    }

    [TestCase(Roles.Clerk, District)]
    [TestCase(Roles.Confirmer, District)]
    [TestCase(Roles.Auditor, District)]
    [TestCase(Roles.Supervisor, Street)]
    public async Task Only_supervisors_of_the_district_propose(string role, string division) =>
        Refused(await As(role, division).PostAsync($"{Uploads}?dryRun=true", Body($"{ParameterCodes.Standard},1,fen/month,{In(10)},,LAW-19,,true,")), 403, "forbidden");

    [Test]
    public async Task Two_activations_of_one_proposal_at_the_same_time_activate_it_once()
    {
        const string Code = ParameterCodes.HousesAllowed;
        var upload = await ProposedAsync($"{Code},2,count,{In(4)},,57-14,,true,");
        var tag = await TagAsync(upload);

        var answers = await Task.WhenAll(
            Second.PostAsync($"{upload}/activation", tag: tag), As(Roles.Supervisor, District, "third").PostAsync($"{upload}/activation", tag: tag));

        Assert.That(answers.Select(answer => answer.Status).Order(), Is.EqualTo(new[] { 201, 412 }));
        Assert.That(await RowsAsync(Code), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Of_two_proposals_for_the_same_days_one_is_activated_and_the_other_does_not_fit_any_more()
    {
        const string Code = ParameterCodes.FinancialAssetsMultiple;
        var uploads = new[] { await ProposedAsync($"{Code},30,months,{In(4)},,57-14,,true,"), await ProposedAsync($"{Code},36,months,{In(4)},,57-14,,true,") };

        var answers = await Task.WhenAll(uploads.Select(async upload => await Second.PostAsync($"{upload}/activation", tag: await TagAsync(upload))));

        Assert.That(answers.Select(answer => answer.Status).Order(), Is.EqualTo(new[] { 201, 409 }));
        var loser = Array.FindIndex(answers, answer => answer.Status == 409);
        Refused(answers[loser], 409, "proposal-outdated", "LAW-19");
        Assert.That((string?)answers[loser]["lines"], Is.EqualTo("2"));
        Assert.That((await RowsAsync(Code)).Select(row => row.ToOn is null), Is.EqualTo(new[] { false, true }));
        var report = Expect(200, await Second.GetAsync(uploads[loser]))["report"];
        Assert.That((string?)report["faults"]![0]!["code"], Is.EqualTo("overlaps-a-row"), "which the proposal tells");
        Assert.That((string?)Expect(200, await Second.GetAsync(uploads[loser]))["state"], Is.EqualTo("Proposed"), "and it stays one");
    }

    [Test]
    public async Task A_proposal_whose_first_day_has_come_is_not_activated_any_more()
    {
        var upload = await ProposedAsync($"{ParameterCodes.LongAbsenceMonths},12,months,{In(1)},,57-7,,true,");
        World.Clock.Forward(TimeSpan.FromDays(1));

        Refused(await Second.PostAsync($"{upload}/activation", tag: await TagAsync(upload)), 409, "proposal-outdated", "LAW-19");
        Assert.That(await RowsAsync(ParameterCodes.LongAbsenceMonths), Has.Count.EqualTo(1));
    }

    // Another instance may hear of an activation a moment later.
    [Test]
    public async Task Shortly_before_midnight_nothing_can_begin_tomorrow_any_more()
    {
        var now = World.Clock.GetUtcNow().ToOffset(ChinaTime.Offset);
        World.Clock.Forward(now.Date.AddDays(1).AddMinutes(-3) - now.DateTime);
        string[] lines = [$"{ParameterCodes.VehiclesAllowed},1,count,{In(1)},,57-14,,true,", $"{ParameterCodes.HomeVisitors},3,persons,{In(2)},,57-16,,true,"];

        var report = Expect(200, await First.PostAsync($"{Uploads}?dryRun=true", Body(lines)));

        Assert.That((Faults(report, "faults").Single(), (string?)report["earliestOn"]), Is.EqualTo(("$.csv[2].from too-early", In(2))));
        World.Clock.Forward(TimeSpan.FromHours(9));
    }

    [Test]
    public async Task An_assessment_after_the_first_day_takes_the_new_standard_and_an_earlier_one_keeps_its_own()
    {
        var former = (await RowsAsync(ParameterCodes.Standard))[^1].ParameterValue;
        var earlier = await AssessedAsync(AHousehold.OfTwo());
        await ActivatedAsync($"{ParameterCodes.Standard},{former + 5000},fen/month,{In(2)},,LAW-19,,true,");
        var between = await AssessedAsync(AHousehold.OfTwo());
        World.Clock.Forward(TimeSpan.FromDays(2));
        var later = await AssessedAsync(AHousehold.OfTwo());

        Assert.That(
            (await StandardAsync(earlier), await StandardAsync(between), await StandardAsync(later)),
            Is.EqualTo((former, former, former + 5000)));

        async Task<long> StandardAsync(string application) => (long)Expect(200, await Reviewer.GetAsync($"{application}/assessment"))["standardFen"]!;
    }

    [Test]
    public async Task Another_instance_takes_up_what_was_activated_within_seconds()
    {
        const string Code = ParameterCodes.NoticeableAssetsChange;
        var store = new ReferenceStore();
        store.Set(await Service.Database.ReadAsync(ReferenceData.LoadAsync, CancellationToken.None));
        using var refresh = new ParameterRefresh(Service.Database, store, NullLogger<ParameterRefresh>.Instance);
        var before = store.Current;
        await refresh.RefreshAsync(CancellationToken.None);
        Assert.That(store.Current, Is.SameAs(before), "nothing is read anew while nothing changed");
        var on = DateOnly.ParseExact(In(6), "yyyy-MM-dd", CultureInfo.InvariantCulture);

        await ActivatedAsync($"{Code},200000,fen,{In(6)},,57-31,,true,");

        Assert.That(store.Current.Parameters.Number(Code, on), Is.EqualTo(100000), "not told yet");
        await refresh.StartAsync(CancellationToken.None);
        Assert.That(() => store.Current.Parameters.Number(Code, on), Is.EqualTo(200000).After((int)(4 * ParameterRefresh.Every).TotalMilliseconds, 50));
        await refresh.StopAsync(CancellationToken.None);
        Assert.That(Service.Services.GetServices<IHostedService>(), Has.Some.InstanceOf<ParameterRefresh>());
        Assert.That(Service.Services.GetRequiredService<ReferenceStore>().Current.Parameters.Number(Code, on), Is.EqualTo(200000), "the one that activated it at once");
    }

    [Test]
    public async Task Seeds_neither_undo_nor_double_what_was_activated()
    {
        const string Code = ParameterCodes.NoticeableMonthlyChange;
        await ActivatedAsync($"{Code},8000,fen/month,{In(7)},,57-31,,true,");
        var rows = await RowsAsync(Code);
        var first = rows[0];
        var seeds = CopyOfSeeds();
        try
        {
            var same = Seed(first.ParameterCode, first.ParameterValue, first.FromOn, "");
            await LoadsAsync(seeds, Seed(Code, 8000, rows[1].FromOn, ""), same);
            await LoadsAsync(seeds, Seed(Code, first.ParameterValue, first.FromOn, In(6)));

            await FailsAsync(seeds, Seed(Code, 9000, rows[1].FromOn, ""), same);
            await FailsAsync(seeds, Seed(Code, 9000, rows[1].FromOn.AddDays(30), ""), same);
            await FailsAsync(seeds, Seed(Code, first.ParameterValue + 1, first.FromOn, ""));
            Assert.That(await RowsAsync(Code), Is.EqualTo(rows));

            // A parameter that nobody changed here is the seeds' as before.
            await LoadsAsync(seeds, Seed(ParameterCodes.DraftDays, 60, new DateOnly(2030, 1, 1), "", "days", "PIPL-19"));
            Assert.That(await RowsAsync(ParameterCodes.DraftDays), Has.Count.EqualTo(2));
        }
        finally
        {
            Directory.Delete(seeds, recursive: true);
        }

        string Seed(string code, long value, DateOnly from, string to, string unit = "fen/month", string basis = "57-31") =>
            string.Create(CultureInfo.InvariantCulture, $"{code},{value},{unit},{from:yyyy-MM-dd},{to},{basis},,true,");

        Task LoadsAsync(string path, params string[] lines) => LoadAsync(path, lines);

        async Task FailsAsync(string path, params string[] lines)
        {
            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync(path, lines));
            Assert.That(failure!.Message, Does.Contain(Code).And.Contain("/v1/parameter-uploads"));
        }
    }

    private static string Reasons => new JsonObject { ["reasons"] = "文号有误。" }.ToJsonString();

    private string In(int days) => DateOnly.ParseExact(Today, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Body(params string[] lines) =>
        new JsonObject { ["csv"] = string.Join('\n', [Heading, .. lines]), ["reasons"] = "按规定调整。" }.ToJsonString();

    private async Task<string> ProposedAsync(params string[] lines) => $"{Uploads}/{Expect(201, await First.PostAsync(Uploads, Body(lines)))["uploadId"]}";

    private async Task ActivatedAsync(params string[] lines)
    {
        var upload = await ProposedAsync(lines);
        Expect(201, await Second.PostAsync($"{upload}/activation", tag: await TagAsync(upload)));
    }

    private static IEnumerable<string> Faults(ApiAnswer answer, string member) => Items(answer, member).Select(fault => $"{fault!["path"]} {fault["code"]}");

    private async Task<IReadOnlyList<string>> UploadsAsync() =>
        [.. Items(Expect(200, await Supervisor.GetAsync($"{Uploads}?take=100"))).Select(item => (string)item!["uploadId"]!)];

    private async Task<long> ValueAsync(string code, string on) =>
        (long)Items(Expect(200, await Clerk.GetAsync($"/v1/parameters?code={code}&on={on}"))).Single()!["value"]!;

    private Task<IReadOnlyList<PolicyParameterRow>> RowsAsync(string code) =>
        Service.Database.ReadAsync(session => ReferenceRepository.ParametersOfAsync(session, code), CancellationToken.None);

    private Task LoadAsync(string seeds, string[] lines)
    {
        File.WriteAllLines(Path.Combine(seeds, "parameters.csv"), [Heading, .. lines]);
        return new SeedLoader(Service.Database, World.Clock).LoadAsync(seeds, CancellationToken.None);
    }

    private static string CopyOfSeeds()
    {
        var copy = Directory.CreateTempSubdirectory("assistance-seeds-").FullName;
        foreach (var file in Directory.EnumerateFiles(TestService.SeedsPath, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(TestService.SeedsPath, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
