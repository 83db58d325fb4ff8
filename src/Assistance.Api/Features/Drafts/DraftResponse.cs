using System.Text.Json;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Drafts;

/// <summary>A part of a form that was taken over from the file.</summary>
/// <param name="Path">Within the form.</param>
/// <param name="AsOf">The day from which the file says so.</param>
public sealed record TakenOverResponse(string Path, DateOnly AsOf);

/// <summary>A form begun and not submitted yet, just as it was typed, with everything that submitting it now would find wrong.</summary>
public sealed record DraftResponse
{
    public required Guid DraftId { get; init; }

    /// <summary>The version, which is also the ETag that the next save is sent with.</summary>
    public required int Version { get; init; }

    /// <summary>The form, complete or not.</summary>
    [AnyObject]
    public required JsonElement Form { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required string SavedBy { get; init; }

    /// <summary>From this day on the draft is gone; every save moves it.</summary>
    public required DateOnly ExpiresOn { get; init; }

    /// <summary>Which parts of the form came from what is on file, and from when; to be read through with the household and corrected.</summary>
    public required IReadOnlyList<TakenOverResponse> TakenOver { get; init; }

    /// <summary>What is missing or wrong, by path within the form.</summary>
    public required IReadOnlyList<FaultDetail> Faults { get; init; }

    internal static DraftResponse Of(DraftRow row, JsonElement form, IReadOnlyList<FaultDetail> faults) => new()
    {
        DraftId = row.DraftId,
        Version = row.Version,
        Form = form,
        SavedAt = row.SavedAt.ToOffset(ChinaTime.Offset),
        SavedBy = row.SavedBy,
        ExpiresOn = row.ExpiresOn,
        TakenOver = ApiJson.Read<IReadOnlyList<TakenOverResponse>>(row.TakenOverJson),
        Faults = faults,
    };

    /// <summary>Checks a form as its submission would be, and refuses nothing.</summary>
    internal static IReadOnlyList<FaultDetail> FaultsOf(JsonElement form, RequestCheck check, Language language) =>
        [.. BodyReader.Check<SubmitApplicationRequest>(form, check).Faults.Select(fault => fault.In(language))];
}
