namespace Voltgate.Domain.Access;

/// <summary>What a decision needs to know of a token (RFID card or virtual id).</summary>
/// <param name="Type">Central, ISO14443, …; Central is the virtual token of API starts.</param>
/// <param name="UserActive">False also where the user was erased.</param>
public sealed record TokenFacts(
    string Id, string PhysicalId, string Type, string? User, bool Active, bool UserActive, long? ExpiresAtMs)
{
    public bool IsVirtual => Type == "Central";

    public string? Group { get; init; }

    /// <summary>Whether it may charge at several connectors at once; null: as the server's setting says.</summary>
    public bool? AllowsConcurrent { get; init; }
}
