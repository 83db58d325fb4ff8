using Microsoft.AspNetCore.Mvc;

namespace Assistance.Api.Http;

/// <summary>Which refusals an operation can give beside 400, 401 and 403; or without the last two.</summary>
[Flags]
internal enum Answers
{
    None = 0,
    NotFound = 1,

    /// <summary>Takes an idempotency key: 413, 415 and 422.</summary>
    Act = 2,
    Conflict = 4,

    /// <summary>Takes If-Match: 412 and 428.</summary>
    Versioned = 8,

    /// <summary>Takes a body and no idempotency key, since it changes nothing or carries its own guard: 413 and 415.</summary>
    Body = 16,

    /// <summary>Takes the bytes of a file: 415.</summary>
    Upload = 32,

    /// <summary>Asks nobody who they are: neither 401 nor 403.</summary>
    Anonymous = 64,

    ActOnResource = NotFound | Act | Conflict | Versioned,
}

/// <summary>The Chinese summary of an operation, published as <c>x-summary-zh</c>.</summary>
internal sealed record ChineseSummary(string Text);

/// <summary>That an operation is for anybody, without a token.</summary>
internal sealed record ForAnybody;

/// <summary>Whether an operation takes an idempotency key and a version.</summary>
internal sealed record ActHeaders(bool IsKeyed, bool IsVersioned);

/// <summary>A header that an operation demands, a whole number.</summary>
internal sealed record RequestHeader(string Name, string Description);

/// <summary>A header that an operation answers with, a whole number.</summary>
internal sealed record ResponseHeader(string Name, string Description);

internal static class EndpointDescriptions
{
    private static readonly (Answers Answer, int Status)[] Statuses =
    [
        (Answers.NotFound, StatusCodes.Status404NotFound),
        (Answers.Conflict, StatusCodes.Status409Conflict),
        (Answers.Versioned, StatusCodes.Status412PreconditionFailed),
        (Answers.Act | Answers.Body, StatusCodes.Status413PayloadTooLarge),
        (Answers.Act | Answers.Body | Answers.Upload, StatusCodes.Status415UnsupportedMediaType),
        (Answers.Act, StatusCodes.Status422UnprocessableEntity),
        (Answers.Versioned, StatusCodes.Status428PreconditionRequired),
    ];

    /// <summary>Names an operation and says in both languages what it does and how it can refuse.</summary>
    public static void Describe(this RouteHandlerBuilder route, string name, string summary, string summaryZh, Answers answers)
    {
        route.WithName(name).WithSummary(summary).WithMetadata(new ChineseSummary(summaryZh));
        if (answers.HasFlag(Answers.Anonymous))
        {
            route.WithMetadata(new ForAnybody());
        }

        route.WithMetadata(new ActHeaders(answers.HasFlag(Answers.Act), answers.HasFlag(Answers.Versioned)));
        int[] always = answers.HasFlag(Answers.Anonymous)
            ? [StatusCodes.Status400BadRequest]
            : [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];
        foreach (var status in always.Concat(Statuses.Where(pair => (answers & pair.Answer) != Answers.None).Select(pair => pair.Status)))
        {
            route.Produces<ProblemDetails>(status, "application/problem+json");
        }
    }
}
