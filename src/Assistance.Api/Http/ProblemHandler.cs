using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Shared;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Assistance.Api.Http;

/// <summary>Turns every failure into one problem document; the only place that does.</summary>
internal sealed partial class ProblemHandler(
    ISqlDialect dialect, ReferenceStore reference, TimeProvider time, ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellation)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await WriteAsync(http, Describe(http, exception));
        return true;
    }

    /// <summary>For answers without a body that the framework gives by itself (401, 403, 404, 405, 413, 415).</summary>
    public static async Task HandleStatusAsync(HttpContext http)
    {
        var code = http.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => "invalid-request",
            StatusCodes.Status401Unauthorized => "unauthenticated",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "not-found",
            StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
            StatusCodes.Status413PayloadTooLarge => "payload-too-large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
            _ => null,
        };
        if (code is not null)
        {
            await WriteAsync(http, Document(http, http.Response.StatusCode, code, new Dictionary<string, string>()));
        }
    }

    private ProblemDetails Describe(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case RuleViolation violation:
                return Describe(http, violation);
            case ProblemException problem:
                var document = Document(http, problem.Status, problem.Code, new Dictionary<string, string>());
                if (problem.Faults.Count > 0)
                {
                    var language = RequestLanguage.Of(http);
                    document.Extensions["errors"] = problem.Faults.Select(fault => fault.In(language)).ToList();
                }

                return document;
            case BadHttpRequestException bad:
                return Document(http, bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "payload-too-large" : "invalid-request", new Dictionary<string, string>());
            case var _ when dialect.IsUniqueViolation(exception):
                return Document(http, StatusCodes.Status409Conflict, "conflict", new Dictionary<string, string>());
            default:
                // The type and the engine's number only: an error's text can carry values of people.
                LogUnexpected(logger, exception.GetType().Name, dialect.ErrorNumberOf(exception), exception.TargetSite?.DeclaringType?.Name);
                return Document(http, StatusCodes.Status500InternalServerError, "internal-error", new Dictionary<string, string>());
        }
    }

    private ProblemDetails Describe(HttpContext http, RuleViolation violation)
    {
        var status = violation.Kind switch
        {
            ViolationKind.Forbidden => StatusCodes.Status403Forbidden,
            ViolationKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
        var language = RequestLanguage.Of(http);
        var document = Document(http, status, violation.Code, violation.Arguments, reference.IsLoaded ? code => reference.Current.Texts.Words(code, language) : null);
        if (violation.Basis is { } basis && reference.IsLoaded && reference.Current.FindLegalBasis(basis, time.Today) is { } article)
        {
            document.Extensions["legalBasis"] = LegalBasisResponse.Of(article, language);
        }

        if (violation.FurtherBasis is { } further && reference.IsLoaded && reference.Current.FindLegalBasis(further, time.Today) is { } alsoArticle)
        {
            document.Extensions["furtherLegalBasis"] = LegalBasisResponse.Of(alsoArticle, language);
        }

        foreach (var (name, value) in violation.Arguments)
        {
            document.Extensions[name] = value;
        }

        if (violation.Members.Count > 0)
        {
            document.Extensions["members"] = violation.Members;
        }

        return document;
    }

    private static ProblemDetails Document(
        HttpContext http, int status, string code, IReadOnlyDictionary<string, string> arguments, Func<string, string>? word = null)
    {
        var (title, detail) = ProblemCatalogue.Texts(code, arguments, RequestLanguage.Of(http), word ?? (value => value));
        return new ProblemDetails
        {
            Type = $"https://assistance.example/problems/{code}",
            Status = status,
            Title = title,
            Detail = detail,
            Extensions = { ["code"] = code, ["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier },
        };
    }

    private static async Task WriteAsync(HttpContext http, ProblemDetails document)
    {
        http.Response.StatusCode = document.Status!.Value;
        await http.Response.WriteAsJsonAsync(document, ApiJson.Options, "application/problem+json", CancellationToken.None);
    }

    [LoggerMessage(1, LogLevel.Error, "An unexpected {Exception} (database error {ErrorNumber}) in {Where}.")]
    private static partial void LogUnexpected(ILogger logger, string exception, int? errorNumber, string? where);
}
