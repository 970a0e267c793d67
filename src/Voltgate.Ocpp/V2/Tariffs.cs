using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block I.

/// <summary>I02: what a transaction costs so far.</summary>
public sealed record CostUpdatedRequest(decimal TotalCost, string TransactionId)
{
    public static CostUpdatedRequest Read(Fields f) => new(f.Decimal("totalCost"), f.Text("transactionId", 36));
}

/// <summary>I07: what charging costs without a tariff of one's own. OCPP 2.1.</summary>
public sealed record SetDefaultTariffRequest(int EvseId, Tariff Tariff)
{
    public static SetDefaultTariffRequest Read(Fields f) => new(
        f.Int("evseId", min: 0), f.Object("tariff", Tariff.Read)!);
}

public sealed record SetDefaultTariffResponse(TariffSetStatus Status, StatusInfo? StatusInfo = null)
{
    public static SetDefaultTariffResponse Read(Fields f) => new(
        f.Enum<TariffSetStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>I09: which tariffs are installed. OCPP 2.1.</summary>
public sealed record GetTariffsRequest(int EvseId)
{
    public static GetTariffsRequest Read(Fields f) => new(f.Int("evseId", min: 0));
}

public sealed record GetTariffsResponse(
    TariffGetStatus Status, StatusInfo? StatusInfo = null, ImmutableArray<TariffAssignment>? TariffAssignments = null)
{
    public static GetTariffsResponse Read(Fields f) => new(
        f.Enum<TariffGetStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read),
        f.ListOrNull("tariffAssignments", TariffAssignment.Read));
}

/// <summary>I10: take tariffs away. OCPP 2.1.</summary>
public sealed record ClearTariffsRequest(ImmutableArray<string>? TariffIds = null, int? EvseId = null)
{
    public static ClearTariffsRequest Read(Fields f) => new(
        f.TextsOrNull("tariffIds", 60), f.OptionalInt("evseId", min: 0));
}

public sealed record ClearTariffsResponse(ImmutableArray<ClearTariffsResult> ClearTariffsResult)
{
    public static ClearTariffsResponse Read(Fields f) => new(
        f.FilledList("clearTariffsResult", V2.ClearTariffsResult.Read));
}

/// <summary>I11: another tariff for a running transaction. OCPP 2.1.</summary>
public sealed record ChangeTransactionTariffRequest(Tariff Tariff, string TransactionId)
{
    public static ChangeTransactionTariffRequest Read(Fields f) => new(
        f.Object("tariff", Tariff.Read)!, f.Text("transactionId", 36));
}

public sealed record ChangeTransactionTariffResponse(TariffChangeStatus Status, StatusInfo? StatusInfo = null)
{
    public static ChangeTransactionTariffResponse Read(Fields f) => new(
        f.Enum<TariffChangeStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

public sealed record ClearTariffsResult(
    TariffClearStatus Status, StatusInfo? StatusInfo = null, string? TariffId = null)
{
    public static ClearTariffsResult Read(Fields f) => new(
        f.Enum<TariffClearStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read),
        f.OptionalText("tariffId", 60));
}

public sealed record TariffAssignment(
    string TariffId, TariffKind TariffKind, ImmutableArray<int>? EvseIds = null,
    ImmutableArray<string>? IdTokens = null, StationTime? ValidFrom = null)
{
    public static TariffAssignment Read(Fields f) => new(
        f.Text("tariffId", 60), f.Enum<TariffKind>("tariffKind"), f.IntsOrNull("evseIds", min: 0),
        f.TextsOrNull("idTokens", 255), f.OptionalTime("validFrom"));
}

public enum TariffChangeStatus
{
    Accepted, Rejected, TooManyElements, ConditionNotSupported, TxNotFound, NoCurrencyChange,
}

public enum TariffClearStatus
{
    Accepted, Rejected, NoTariff,
}

public enum TariffGetStatus
{
    Accepted, Rejected, NoTariff,
}

public enum TariffKind
{
    DefaultTariff, DriverTariff,
}

public enum TariffSetStatus
{
    Accepted, Rejected, TooManyElements, ConditionNotSupported, DuplicateTariffId,
}
