using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Assistance.Domain.Shared;
using Fluid;
using Fluid.Values;

namespace Assistance.Api.Features.Reference;

/// <summary>The language an answer is given in: Chinese unless the client prefers English.</summary>
public enum Language
{
    Zh,
    En,
}

/// <summary>
/// Renders sentences and documents from dated templates (Liquid) and named arguments. Arguments are text in invariant form;
/// filters show them to people: <c>yuan</c>, <c>day</c>, <c>month</c>, and words for codes.
/// </summary>
internal sealed class Texts
{
    private static readonly FluidParser Parser = new();
    private static readonly HtmlEncoder ChineseHtml = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["Eligible"] = "符合条件", ["NeedsReview"] = "需进一步核实", ["Ineligible"] = "不符合条件",
        ["ProposeGrant"] = "拟同意", ["ProposeRefusal"] = "拟不同意",
        ["Grant"] = "准予", ["Refuse"] = "不予", ["Increase"] = "增发", ["Reduce"] = "减发", ["Stop"] = "停发",
        ["IncomeChanged"] = "收入变化", ["MemberBorn"] = "新增成员（出生）", ["MemberDied"] = "成员去世",
        ["Spoke"] = "已陈述", ["Declined"] = "表示不陈述",
        ["HouseholdRegistration"] = "公安（户籍）", ["SocialInsurance"] = "人社（社会保险）", ["Tax"] = "税务",
        ["RealEstate"] = "不动产登记", ["Vehicles"] = "公安交管（车辆）", ["Death"] = "卫健、民政（死亡登记）",
        ["Wages"] = "工资性收入", ["BusinessNet"] = "经营净收入", ["PropertyNet"] = "财产净收入", ["Pension"] = "养老金",
        ["UnemploymentBenefit"] = "失业保险金", ["SupportReceived"] = "赡养（抚养、扶养）费", ["OtherTransfer"] = "其他转移性收入",
        ["Other"] = "其他收入", ["PreferentialPension"] = "优待抚恤金（不计入）", ["FamilyPlanningAward"] = "计划生育奖扶（不计入）",
        ["Scholarship"] = "奖学金（不计入）", ["SocialAssistance"] = "社会救助款物（不计入）", ["BasicPensionCentral"] = "城乡居民基础养老金",
        ["Declared"] = "家庭申报", ["Department"] = "部门答复",
        ["Self"] = "本人", ["Spouse"] = "配偶", ["Child"] = "子女", ["Parent"] = "父母", ["Grandparent"] = "祖父母",
        ["Grandchild"] = "孙子女", ["Sibling"] = "兄弟姐妹", ["OtherDependant"] = "其他共同生活成员",
        ["LookupPending"] = "正在向部门查询", ["AnsweredByDepartment"] = "部门已答复，无需提供", ["OnFile"] = "已在档，无需提供",
        ["Required"] = "请提供", ["Supplied"] = "已提供", ["Promised"] = "已书面承诺",
        ["NoDepartmentAnswers"] = "暂无部门可以查询", ["DepartmentUnavailable"] = "部门未能答复", ["DepartmentHasNoRecord"] = "部门没有记录",
        ["AnswerSetAside"] = "部门答复不合规", ["ConsentNotGiven"] = "未授权核对", ["NoIdentityNumber"] = "尚无身份证号码",
        ["PaperSighted"] = "出示原件", ["Promise"] = "书面承诺",
    };

    private static readonly TemplateOptions Options = CreateOptions();

    private readonly ILookup<string, SentenceRow> sentences;
    private readonly ILookup<string, DocumentTemplateRow> templates;
    private readonly ConcurrentDictionary<string, IFluidTemplate> parsed = new();

    public Texts(IReadOnlyList<SentenceRow> sentences, IReadOnlyList<DocumentTemplateRow> templates)
    {
        this.sentences = sentences.ToLookup(row => row.SentenceCode);
        this.templates = templates.ToLookup(row => row.TemplateCode);
    }

    /// <summary>The Chinese word for a code, or the code itself.</summary>
    public static string Word(string code) => Words.GetValueOrDefault(code, code);

    /// <summary>A sentence as its wording of a day says it.</summary>
    /// <exception cref="RuleViolation">no-parameter-in-force: there is no such sentence on the day.</exception>
    public string Sentence(string code, IReadOnlyDictionary<string, string> arguments, DateOnly on, Language language)
    {
        var row = sentences[code].InForceOn(on) ?? throw Refusals.NoStandardInForce($"sentence.{code}", on);
        var context = new TemplateContext(Options);
        foreach (var (name, value) in arguments)
        {
            context.SetValue(name, value);
        }

        context.AmbientValues["language"] = language;
        return Template(language == Language.Zh ? row.TextZh : row.TextEn).Render(context);
    }

    /// <summary>A document as an HTML page, by the template of a day; everything is HTML-encoded.</summary>
    public string Page(string templateCode, object model, DateOnly on)
    {
        var row = templates[templateCode].InForceOn(on) ?? throw Refusals.NoStandardInForce($"template.{templateCode}", on);
        var context = new TemplateContext(model, Options);
        context.AmbientValues["language"] = Language.Zh;
        return Template(row.TemplateText).Render(context, ChineseHtml);
    }

    private IFluidTemplate Template(string text) => parsed.GetOrAdd(text, static text =>
        Parser.TryParse(text, out var template, out var fault) ? template : throw new FormatException(fault));

    private static TemplateOptions CreateOptions()
    {
        var options = new TemplateOptions { MemberAccessStrategy = new UnsafeMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.CamelCase } };
        options.ValueConverters.Add(value => value is Money money ? new StringValue(money.Fen.ToString(CultureInfo.InvariantCulture)) : null);
        options.ValueConverters.Add(value => value is DateOnly day ? new StringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null);
        options.ValueConverters.Add(value => value is Enum code ? new StringValue(code.ToString()) : null);
        Add(options, "yuan", (value, language) =>
        {
            var fen = long.Parse(value, CultureInfo.InvariantCulture);
            var yuan = (fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
            return language == Language.Zh ? $"{yuan}元" : $"{yuan} yuan";
        });
        Add(options, "day", (value, language) => Date(value, language, "yyyy年M月d日", "yyyy-MM-dd"));
        Add(options, "month", (value, language) => Date(value, language, "yyyy年M月", "yyyy-MM"));
        Add(options, "word", (value, language) => language == Language.Zh ? Word(value) : value);
        return options;
    }

    private static void Add(TemplateOptions options, string name, Func<string, Language, string> show) =>
        options.Filters.AddFilter(name, (input, _, context) => new ValueTask<FluidValue>(
            input.IsNil() || input.ToStringValue().Length == 0
                ? EmptyValue.Instance
                : new StringValue(show(input.ToStringValue(), (Language)context.AmbientValues["language"]))));

    private static string Date(string value, Language language, string zh, string en) =>
        DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ToString(language == Language.Zh ? zh : en, CultureInfo.InvariantCulture);
}
