namespace Assistance.Api.Features.Attachments;

/// <summary>
/// Where the bytes of evidence files are kept: outside the rows, under the attachment's id and nothing else. The seam to a
/// folder, or to whatever store a deployment has.
/// </summary>
internal interface IFileStore
{
    /// <summary>Takes a file for one writer; an empty one is made where there is none.</summary>
    /// <returns>Null while another writer has it.</returns>
    Task<IFileClaim?> ClaimAsync(Guid id, CancellationToken cancellation);

    /// <returns>How many bytes are stored, 0 where there is no file; null while a writer has it.</returns>
    Task<long?> LengthAsync(Guid id, CancellationToken cancellation);

    /// <exception cref="InvalidDataException">What is stored is not what was written.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Guid id, CancellationToken cancellation);
}

/// <summary>A file in the hands of its one writer, until disposed of.</summary>
internal interface IFileClaim : IAsyncDisposable
{
    /// <summary>The bytes that are stored whole. What a crash left half written is cut off when the file is claimed.</summary>
    long Length { get; }

    /// <param name="bytes">At most <see cref="SealedSegments.Most"/>.</param>
    Task AppendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Gives up what was appended under this claim.</summary>
    Task RevertAsync();

    /// <summary>Returns once everything appended outlives a loss of power.</summary>
    Task FlushAsync();

    /// <exception cref="InvalidDataException">What is stored is not what was written.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync();

    /// <summary>Takes every byte away and keeps the claim, durably.</summary>
    Task EmptyAsync();

    /// <summary>Ends the claim and takes the file away. Only once no row would have a writer append to it again.</summary>
    Task DeleteAsync();
}
