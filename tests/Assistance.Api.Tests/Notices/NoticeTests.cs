using System.Security.Cryptography;
using System.Text;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Tests.Notices;

public sealed class NoticeTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task A_notice_explains_the_decision_with_facts_findings_basis_arithmetic_and_remedies()
    {
        var household = AHousehold.OfThree().Declaring(0, "Wages", 90_000);
        var (_, _, decision) = await GrantedAsync(household);

        var notice = Expect(200, await Clerk.GetAsync($"/v1/notices/{decision["noticeId"]}"));
        var content = notice["content"];

        // Granted on 2026-09-29: 60 days end on Saturday 11-28 and move to Monday; six months end on 2027-03-29.
        Assert.Multiple(() =>
        {
            Assert.That((string)content["noticeNumber"]!, Does.Match("^平民救决〔2026〕[0-9]+号$"));
            Assert.That((string)content["title"]!, Is.EqualTo("最低生活保障确认通知书"));
            Assert.That(((long)content["oldMonthlyFen"]!, (long)content["newMonthlyFen"]!, (long)content["differenceFen"]!), Is.EqualTo((0L, 135_000L, 135_000L)));
            Assert.That((string)content["calculation"]!, Is.EqualTo("月保障金＝保障标准750.00元×3人－家庭月收入900.00元＝1,350.00元。"));
            Assert.That(content["facts"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(content["findings"]!.AsArray(), Has.Count.EqualTo(10));
            Assert.That(content["legalBases"]!.AsArray().Select(article => (string)article!["code"]!), Is.SupersetOf(new[] { "LAW-18", "57-21", "57-23", "LAW-76" }).And.Unique);
            Assert.That(content["remedies"]!.AsArray().Select(remedy => $"{remedy!["kind"]} {remedy["body"]} {remedy["lastDayOn"]}"), Is.EqualTo(new[]
            {
                "Reconsideration 大同市平城区人民政府 2026-11-30", "Litigation 有管辖权的人民法院 2027-03-29",
            }));
            Assert.That((bool)content["usesSamples"]!, Is.True);
            Assert.That(notice.Text, Does.Not.Contain(household.IdentityNumber(0)));
        });
    }

    [Test]
    public async Task The_printable_page_says_the_same_and_that_it_is_a_sample()
    {
        var household = AHousehold.OfOne();
        var (_, _, decision) = await GrantedAsync(household);

        var page = Expect(200, await Confirmer.GetAsync($"/v1/notices/{decision["noticeId"]}/page")).Text;

        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("最低生活保障确认通知书").And.Contain((string)decision["noticeNumber"]!).And.Contain((string)household.Member(0)["name"]!));
            Assert.That(page, Does.Contain("750.00元").And.Contain("行政复议").And.Contain("行政诉讼").And.Contain("《中华人民共和国社会救助法》第十八条"));
            Assert.That(page, Does.Contain("样例文书"));
            Assert.That(page, Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain("{{").And.Not.Contain("&#x"));
        });
    }

    [Test]
    public async Task Financial_assets_are_told_with_their_origin()
    {
        var household = AHousehold.OfOne().Owning(0, "Deposit", 100_000);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Banks, new DepartmentFact { Kind = FactKind.DepositBalance, AmountFen = 160_000 });
        var (_, _, decision) = await GrantedAsync(household);

        var notice = Expect(200, await Clerk.GetAsync($"/v1/notices/{decision["noticeId"]}"));
        var page = Expect(200, await Confirmer.GetAsync($"/v1/notices/{decision["noticeId"]}/page")).Text;

        var asset = notice["content"]["assets"]![0]!;
        Assert.Multiple(() =>
        {
            Assert.That(((string)asset["kind"]!, (long)asset["declaredFen"]!, (long)asset["departmentFen"]!, (string)asset["source"]!, (long)asset["countedFen"]!),
                Is.EqualTo(("存款", 100_000L, 160_000L, "银行", 160_000L)));
            Assert.That(page, Does.Contain("金融资产").And.Contain("1,600.00元"));
            Assert.That(page, Does.Contain("存款按其中较高的计算，家庭可以提出异议"));
        });
    }

    [Test]
    public async Task A_reduction_tells_how_the_household_was_heard()
    {
        var (application, award, _) = await GrantedAsync(AHousehold.OfOne());
        var adjustment = await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 30_000));
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Expect(201, await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()));
        var decision = Expect(201, await ActAsync(Confirmer, adjustment, "decision", Decision("Reduce")));

        var content = Expect(200, await Clerk.GetAsync($"/v1/notices/{decision["noticeId"]}"))["content"];
        var page = Expect(200, await Clerk.GetAsync($"/v1/notices/{decision["noticeId"]}/page")).Text;

        Assert.Multiple(() =>
        {
            Assert.That((string)content["priorHearing"]!["statement"]!, Is.EqualTo("希望维持原来的数额。"));
            Assert.That(content["legalBases"]!.AsArray().Select(article => (string)article!["code"]!), Does.Contain("LAW-48"));
            Assert.That(page, Does.Contain("听取意见情况").And.Contain("希望维持原来的数额。").And.Contain("减少300.00元"));
        });
    }

    [Test]
    public async Task A_notice_is_for_its_offices_only()
    {
        var (_, _, decision) = await GrantedAsync(AHousehold.OfOne());

        Refused(await As("clerk", "140213058").GetAsync($"/v1/notices/{decision["noticeId"]}"), 404, "not-found");
        Refused(await As("clerk", "140213058").GetAsync($"/v1/notices/{decision["noticeId"]}/page"), 404, "not-found");
    }

    [Test]
    public async Task The_hash_is_that_of_the_stored_bytes()
    {
        var (_, _, decision) = await GrantedAsync(AHousehold.OfOne());

        var notice = Expect(200, await Clerk.GetAsync($"/v1/notices/{decision["noticeId"]}"));
        var content = notice.Text[(notice.Text.IndexOf("\"content\":", StringComparison.Ordinal) + "\"content\":".Length)..^1];

        Assert.That(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), Is.EqualTo((string)notice["contentHash"]!));
    }
}
