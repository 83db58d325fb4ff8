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
    private const string WordPrefix = "word.";

    private static readonly FluidParser Parser = new();
    private static readonly HtmlEncoder ChineseHtml = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly TemplateOptions Options = CreateOptions();

    private readonly ILookup<string, SentenceRow> sentences;
    private readonly ILookup<string, DocumentTemplateRow> templates;
    private readonly Dictionary<string, (string Zh, string En)> words;
    private readonly ConcurrentDictionary<string, IFluidTemplate> parsed = new();

    private readonly Func<string, string> divisionName;

    /// <param name="itemNames">The names of disclosure items, which are words too.</param>
    public Texts(
        IReadOnlyList<SentenceRow> sentences,
        IReadOnlyList<DocumentTemplateRow> templates,
        IEnumerable<(string Code, string Zh, string En)> itemNames,
        Func<string, string> divisionName)
    {
        this.divisionName = divisionName;
        this.sentences = sentences.ToLookup(row => row.SentenceCode);
        this.templates = templates.ToLookup(row => row.TemplateCode);
        words = sentences.Where(row => row.SentenceCode.StartsWith(WordPrefix, StringComparison.Ordinal))
            .Select(row => (Code: row.SentenceCode[WordPrefix.Length..], Zh: row.TextZh, En: row.TextEn))
            .Concat(itemNames)
            .ToDictionary(word => word.Code, word => (word.Zh, word.En), StringComparer.Ordinal);
    }

    /// <summary>The word for a code (rows <c>word.…</c> of <c>seeds/sentences.csv</c>), or the code itself.</summary>
    public string Word(string code, Language language) =>
        words.TryGetValue(code, out var word) ? language == Language.Zh ? word.Zh : word.En : code;

    /// <summary>The words for a list of codes.</summary>
    public string Words(string codes, Language language) =>
        string.Join(language == Language.Zh ? "、" : ", ", codes.Split(", ").Select(code => Word(code, language)));

    /// <summary>A sentence as its wording of a day says it.</summary>
    /// <exception cref="RuleViolation">no-parameter-in-force: there is no such sentence on the day.</exception>
    public string Sentence(string code, IReadOnlyDictionary<string, string> arguments, DateOnly on, Language language)
    {
        var row = sentences[code].InForceOn(on) ?? throw Refusals.NoStandardInForce($"sentence.{code}", on);
        var text = row.In(language);
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        var context = new TemplateContext(Options);
        foreach (var (name, value) in arguments)
        {
            context.SetValue(name, value);
        }

        return Template(text).Render(Within(context, language));
    }

    /// <summary>
    /// A document as an HTML page, by the template of a day; everything is HTML-encoded. All pages share the look of the
    /// template <c>style</c>, which they insert as <c>{{ style }}</c>.
    /// </summary>
    public string Page(string templateCode, object model, DateOnly on)
    {
        var context = new TemplateContext(model, Options);
        context.SetValue("style", new StringValue(TemplateText("style", on), encode: false));
        return Template(TemplateText(templateCode, on)).Render(Within(context, Language.Zh), ChineseHtml);
    }

    /// <summary>A document as plain text, by the template of a day.</summary>
    public string PlainText(string templateCode, object model, DateOnly on) =>
        Template(TemplateText(templateCode, on)).Render(Within(new TemplateContext(model, Options), Language.Zh));

    private string TemplateText(string templateCode, DateOnly on) =>
        (templates[templateCode].InForceOn(on) ?? throw Refusals.NoStandardInForce($"template.{templateCode}", on)).TemplateText;

    private TemplateContext Within(TemplateContext context, Language language)
    {
        context.AmbientValues[nameof(Language)] = language;
        context.AmbientValues[nameof(Texts)] = this;
        return context;
    }

    private IFluidTemplate Template(string text) => parsed.GetOrAdd(text, static text =>
        Parser.TryParse(text, out var template, out var fault) ? template : throw new FormatException(fault));

    private static TemplateOptions CreateOptions()
    {
        var options = new TemplateOptions { MemberAccessStrategy = new UnsafeMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.CamelCase } };
        options.ValueConverters.Add(value => value is Money money ? new StringValue(money.Fen.ToString(CultureInfo.InvariantCulture)) : null);
        options.ValueConverters.Add(value => value is DateOnly day ? new StringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null);
        options.ValueConverters.Add(value => value is DateTimeOffset instant
            ? new StringValue(ChinaTime.DayOf(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : null);
        options.ValueConverters.Add(value => value is Enum code ? new StringValue(code.ToString()) : null);
        Add(options, "yuan", (value, language, _) =>
        {
            var fen = long.Parse(value, CultureInfo.InvariantCulture);
            var yuan = (fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
            return language == Language.Zh ? $"{yuan}元" : $"{yuan} yuan";
        });
        Add(options, "day", (value, language, _) => Date(value, language, "yyyy年M月d日", "yyyy-MM-dd"));
        Add(options, "month", (value, language, _) => Date(value, language, "yyyy年M月", "yyyy-MM"));
        Add(options, "word", (value, language, texts) => texts.Word(value, language));
        Add(options, "words", (value, language, texts) => texts.Words(value, language));
        Add(options, "division", (value, _, texts) => texts.divisionName(value));
        // A sentence without arguments within another; events are read by the wording in force first.
        Add(options, "sentence", (value, language, texts) => texts.sentences[value].MinBy(row => row.FromOn)?.In(language) ?? value);
        return options;
    }

    private static void Add(TemplateOptions options, string name, Func<string, Language, Texts, string> show) =>
        options.Filters.AddFilter(name, (input, _, context) => new ValueTask<FluidValue>(
            input.IsNil() || input.ToStringValue().Length == 0
                ? EmptyValue.Instance
                : new StringValue(show(input.ToStringValue(), (Language)context.AmbientValues[nameof(Language)], (Texts)context.AmbientValues[nameof(Texts)]))));

    private static string Date(string value, Language language, string zh, string en) =>
        DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ToString(language == Language.Zh ? zh : en, CultureInfo.InvariantCulture);
}
