using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, blocks E and F.

/// <summary>E01 to E16: a transaction starts, goes on or ends.</summary>
public sealed record TransactionEventRequest(
    TransactionEvent EventType, StationTime Timestamp, TriggerReason TriggerReason, int SeqNo,
    Transaction TransactionInfo, [Since(Edition.V21)] CostDetails? CostDetails = null,
    ImmutableArray<MeterValue>? MeterValue = null, bool? Offline = null, int? NumberOfPhasesUsed = null,
    int? CableMaxCurrent = null, int? ReservationId = null,
    [Since(Edition.V21)] PreconditioningStatus? PreconditioningStatus = null,
    [Since(Edition.V21)] bool? EvseSleep = null, Evse? Evse = null, IdToken? IdToken = null)
{
    public static TransactionEventRequest Read(Fields f) => new(
        f.Enum("eventType", unknown: TransactionEvent.Updated), f.Time("timestamp"),
        f.Enum("triggerReason", unknown: TriggerReason.MeterValuePeriodic), f.Int("seqNo", min: f.Min(0)),
        f.Object("transactionInfo", Transaction.Read)!, f.OptionalObject("costDetails", CostDetails.Read),
        f.ListOrNull("meterValue", V2.MeterValue.Read), f.OptionalFlag("offline"),
        f.OptionalInt("numberOfPhasesUsed", min: f.Min(0), max: f.Max(int.MaxValue, 3)),
        f.OptionalInt("cableMaxCurrent"),
        f.OptionalInt("reservationId", min: f.Min(0)), f.OptionalEnum<PreconditioningStatus>("preconditioningStatus"),
        f.OptionalFlag("evseSleep"), f.OptionalObject("evse", Evse.Read), f.OptionalObject("idToken", IdToken.Read));
}

public sealed record TransactionEventResponse(
    decimal? TotalCost = null, int? ChargingPriority = null, IdTokenInfo? IdTokenInfo = null,
    [Since(Edition.V21)] TransactionLimit? TransactionLimit = null, MessageContent? UpdatedPersonalMessage = null,
    [Since(Edition.V21)] ImmutableArray<MessageContent>? UpdatedPersonalMessageExtra = null)
{
    public static TransactionEventResponse Read(Fields f) => new(
        f.OptionalDecimal("totalCost"), f.OptionalInt("chargingPriority"),
        f.OptionalObject("idTokenInfo", IdTokenInfo.Read),
        f.OptionalObject("transactionLimit", TransactionLimit.Read),
        f.OptionalObject("updatedPersonalMessage", MessageContent.Read),
        f.ListOrNull("updatedPersonalMessageExtra", MessageContent.Read, most: 4));
}

/// <summary>F01, F02: begin to charge.</summary>
public sealed record RequestStartTransactionRequest(
    IdToken IdToken, int RemoteStartId, int? EvseId = null, IdToken? GroupIdToken = null,
    ChargingProfile? ChargingProfile = null)
{
    public static RequestStartTransactionRequest Read(Fields f) => new(
        f.Object("idToken", IdToken.Read)!, f.Int("remoteStartId"), f.OptionalInt("evseId", min: f.Min(1)),
        f.OptionalObject("groupIdToken", IdToken.Read), f.OptionalObject("chargingProfile", ChargingProfile.Read));
}

public sealed record RequestStartTransactionResponse(
    RequestStartStopStatus Status, StatusInfo? StatusInfo = null, string? TransactionId = null)
{
    public static RequestStartTransactionResponse Read(Fields f) => new(
        f.Enum<RequestStartStopStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read),
        f.OptionalText("transactionId", 36));
}

/// <summary>F03: end a transaction.</summary>
public sealed record RequestStopTransactionRequest(string TransactionId)
{
    public static RequestStopTransactionRequest Read(Fields f) => new(f.Text("transactionId", 36));
}

public sealed record RequestStopTransactionResponse(RequestStartStopStatus Status, StatusInfo? StatusInfo = null)
{
    public static RequestStopTransactionResponse Read(Fields f) => new(
        f.Enum<RequestStartStopStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>E14: whether a transaction runs and messages of it wait.</summary>
public sealed record GetTransactionStatusRequest(string? TransactionId = null)
{
    public static GetTransactionStatusRequest Read(Fields f) => new(f.OptionalText("transactionId", 36));
}

public sealed record GetTransactionStatusResponse(bool MessagesInQueue, bool? OngoingIndicator = null)
{
    public static GetTransactionStatusResponse Read(Fields f) => new(
        f.Flag("messagesInQueue"), f.OptionalFlag("ongoingIndicator"));
}

public sealed record ChargingPeriod(
    StationTime StartPeriod, ImmutableArray<CostDimension>? Dimensions = null, string? TariffId = null)
{
    public static ChargingPeriod Read(Fields f) => new(
        f.Time("startPeriod"), f.ListOrNull("dimensions", CostDimension.Read), f.OptionalText("tariffId", 60));
}

public sealed record CostDetails(
    TotalCost TotalCost, TotalUsage TotalUsage, ImmutableArray<ChargingPeriod>? ChargingPeriods = null,
    string? FailureReason = null, bool? FailureToCalculate = null)
{
    public static CostDetails Read(Fields f) => new(
        f.Object("totalCost", TotalCost.Read)!, f.Object("totalUsage", TotalUsage.Read)!,
        f.ListOrNull("chargingPeriods", ChargingPeriod.Read), f.OptionalText("failureReason", 500),
        f.OptionalFlag("failureToCalculate"));
}

public sealed record CostDimension(CostDimensionKind Type, decimal Volume)
{
    public static CostDimension Read(Fields f) => new(f.Enum<CostDimensionKind>("type"), f.Decimal("volume"));
}

public sealed record TotalCost(
    string Currency, TotalPrice Total, TariffCost TypeOfCost, Price? ChargingTime = null, Price? Energy = null,
    Price? Fixed = null, Price? IdleTime = null, Price? ReservationFixed = null, Price? ReservationTime = null)
{
    public static TotalCost Read(Fields f) => new(
        f.Text("currency", 3), f.Object("total", TotalPrice.Read)!, f.Enum<TariffCost>("typeOfCost"),
        f.OptionalObject("chargingTime", Price.Read), f.OptionalObject("energy", Price.Read),
        f.OptionalObject("fixed", Price.Read), f.OptionalObject("idleTime", Price.Read),
        f.OptionalObject("reservationFixed", Price.Read), f.OptionalObject("reservationTime", Price.Read));
}

public sealed record TotalPrice(decimal? ExclTax = null, decimal? InclTax = null)
{
    public static TotalPrice Read(Fields f) => new(f.OptionalDecimal("exclTax"), f.OptionalDecimal("inclTax"));
}

public sealed record TotalUsage(int ChargingTime, decimal Energy, int IdleTime, int? ReservationTime = null)
{
    public static TotalUsage Read(Fields f) => new(
        f.Int("chargingTime"), f.Decimal("energy"), f.Int("idleTime"), f.OptionalInt("reservationTime"));
}

public sealed record TransactionLimit(
    decimal? MaxCost = null, decimal? MaxEnergy = null, int? MaxSoC = null, int? MaxTime = null)
{
    public static TransactionLimit Read(Fields f) => new(
        f.OptionalDecimal("maxCost"), f.OptionalDecimal("maxEnergy"), f.OptionalInt("maxSoC", min: 0, max: 100),
        f.OptionalInt("maxTime"));
}

/// <summary>TransactionType.</summary>
public sealed record Transaction(
    string TransactionId, ChargingState? ChargingState = null,
    [Since(Edition.V21)] OperationMode? OperationMode = null, int? RemoteStartId = null, Reason? StoppedReason = null,
    [Since(Edition.V21)] string? TariffId = null, int? TimeSpentCharging = null,
    [Since(Edition.V21)] TransactionLimit? TransactionLimit = null)
{
    public static Transaction Read(Fields f) => new(
        f.Text("transactionId", 36), f.OptionalEnum<ChargingState>("chargingState"),
        f.OptionalEnum<OperationMode>("operationMode"), f.OptionalInt("remoteStartId"),
        f.OptionalEnum("stoppedReason", unknown: Reason.Other), f.OptionalText("tariffId", 60),
        f.OptionalInt("timeSpentCharging"), f.OptionalObject("transactionLimit", TransactionLimit.Read));
}

public enum RequestStartStopStatus
{
    Accepted, Rejected,
}

public enum ChargingState
{
    EVConnected, Charging, SuspendedEV, SuspendedEVSE, Idle,
}

/// <summary>CostDimensionEnumType.</summary>
public enum CostDimensionKind
{
    Energy, MaxCurrent, MinCurrent, MaxPower, MinPower, IdleTIme, ChargingTime,
}

public enum PreconditioningStatus
{
    Unknown, Ready, NotReady, Preconditioning,
}

public enum Reason
{
    DeAuthorized, EmergencyStop, EnergyLimitReached, EVDisconnected, GroundFault, ImmediateReset, MasterPass, Local,
    LocalOutOfCredit, Other, OvercurrentFault, PowerLoss, PowerQuality, Reboot, Remote, SOCLimitReached, StoppedByEV,
    TimeLimitReached, Timeout,
    [Since(Edition.V21)] ReqEnergyTransferRejected,
}

public enum TariffCost
{
    NormalCost, MinCost, MaxCost,
}

/// <summary>TransactionEventEnumType.</summary>
public enum TransactionEvent
{
    Ended, Started, Updated,
}

public enum TriggerReason
{
    AbnormalCondition, Authorized, CablePluggedIn, ChargingRateChanged, ChargingStateChanged, Deauthorized,
    EnergyLimitReached, EVCommunicationLost, EVConnectTimeout, EVDeparted, EVDetected, MeterValueClock,
    MeterValuePeriodic, RemoteStart, RemoteStop, ResetCommand, SignedDataReceived, StopAuthorized, TimeLimitReached,
    Trigger, UnlockCommand,
    [Since(Edition.V21)] CostLimitReached,
    [Since(Edition.V21)] LimitSet,
    [Since(Edition.V21)] OperationModeChanged,
    [Since(Edition.V21)] RunningCost,
    [Since(Edition.V21)] SoCLimitReached,
    [Since(Edition.V21)] TariffChanged,
    [Since(Edition.V21)] TariffNotAccepted,
    [Since(Edition.V21)] TxResumed,
}
