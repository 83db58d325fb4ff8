using System.Text;
using Assistance.Api.Data;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Assessments;

/// <summary>One step of how an assessment came about, in words, with its numbers, articles and parameters, and the steps it rests on.</summary>
public sealed record ExplanationResponse
{
    public required string Code { get; init; }

    public required string Sentence { get; init; }

    /// <summary>The numbers used; names ending in Fen are fen, in On dates.</summary>
    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public Guid? PersonId { get; init; }

    /// <summary>The look-up that the figure comes from.</summary>
    public Guid? LookupId { get; init; }

    public required IReadOnlyList<LegalBasisResponse> LegalBases { get; init; }

    public required IReadOnlyList<UsedParameterResponse> Parameters { get; init; }

    public required IReadOnlyList<ExplanationResponse> Steps { get; init; }

    internal static ExplanationResponse Of(Explanation step, DateOnly on, ReferenceData reference, Language language) => new()
    {
        Code = step.Code,
        Sentence = reference.Texts.Sentence(step.Code, step.Arguments, on, language),
        Arguments = step.Arguments,
        PersonId = step.PersonId,
        LookupId = step.LookupId,
        LegalBases = [.. step.BasisCodes.Distinct().Select(code => LegalBasisResponse.Of(reference.LegalBasis(code, on), language))],
        Parameters = [.. step.Parameters.Select(UsedParameterResponse.Of)],
        Steps = [.. step.Steps.Select(inner => Of(inner, on, reference, language))],
    };
}

/// <summary>A parameter row that was used: its value in its unit, from when it holds, and by what.</summary>
/// <param name="IsSample">Whether it has no official source.</param>
public sealed record UsedParameterResponse(string Code, long Value, string Unit, DateOnly FromOn, string LegalBasisCode, bool IsSample)
{
    internal static UsedParameterResponse Of(PolicyParameter row) => new(row.Code, row.Value, row.Unit, row.FromOn, row.BasisCode, row.IsSample);
}

/// <summary>Explains the newest assessment of an application from what it was computed from; the read is recorded.</summary>
internal sealed class ExplainAssessment(Database database, AccessLog access, ReferenceStore reference)
{
    public async Task<ExplanationResponse?> HandleAsync(Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? await AssessmentRepository.NewestAsync(session, application.CaseFileId, application.Programme)
                : null,
            cancellation);
        if (row is null)
        {
            return null;
        }

        await access.RecordAsync(officer, row.CaseFileId, nameof(ExplainAssessment), cancellation);
        return ExplanationResponse.Of(Explanation.Of(row.Input, row.Assessment), ChinaTime.DayOf(row.AssessedAt), reference.Current, language);
    }

    /// <summary>The same as indented lines in Chinese, each with its articles.</summary>
    public async Task<string?> InWordsAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        if (await HandleAsync(id, officer, Language.Zh, cancellation) is not { } explanation)
        {
            return null;
        }

        var text = new StringBuilder();
        Write(text, explanation, depth: 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, ExplanationResponse step, int depth)
    {
        text.Append(' ', depth * 2).Append(step.Sentence);
        if (step.LegalBases.Count > 0)
        {
            text.Append('（').AppendJoin('；', step.LegalBases.Select(basis => basis.Citation)).Append('）');
        }

        text.Append('\n');
        foreach (var inner in step.Steps)
        {
            Write(text, inner, depth + 1);
        }
    }
}
