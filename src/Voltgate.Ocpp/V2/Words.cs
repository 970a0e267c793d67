namespace Voltgate.Ocpp.V2;

// OCPP 2.x: words of several blocks. Names are the words on the wire.

public enum GenericStatus
{
    Accepted, Rejected,
}

public enum HashAlgorithm
{
    SHA256, SHA384, SHA512,
}

public enum AuthorizationStatus
{
    Accepted, Blocked, ConcurrentTx, Expired, Invalid, NoCredit, NotAllowedTypeEVSE, NotAtThisLocation, NotAtThisTime,
    Unknown,
}

public enum DayOfWeek
{
    Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday,
}

public enum EnergyTransferMode
{
    AC_single_phase, AC_two_phase, AC_three_phase, DC,
    [Since(Edition.V21)] AC_BPT,
    [Since(Edition.V21)] AC_BPT_DER,
    [Since(Edition.V21)] AC_DER,
    [Since(Edition.V21)] DC_BPT,
    [Since(Edition.V21)] DC_ACDP,
    [Since(Edition.V21)] DC_ACDP_BPT,
    [Since(Edition.V21)] WPT,
}

public enum EvseKind
{
    AC, DC,
}

public enum MessageFormat
{
    ASCII, HTML, URI, UTF8,
    [Since(Edition.V21)] QRCODE,
}

public enum ChargingProfilePurpose
{
    ChargingStationExternalConstraints, ChargingStationMaxProfile, TxDefaultProfile, TxProfile,
    [Since(Edition.V21)] PriorityCharging,
    [Since(Edition.V21)] LocalGeneration,
}

/// <summary>DERControlEnumType.</summary>
public enum DERControlKind
{
    EnterService, FreqDroop, FreqWatt, FixedPFAbsorb, FixedPFInject, FixedVar, Gradients, HFMustTrip, HFMayTrip,
    HVMustTrip, HVMomCess, HVMayTrip, LimitMaxDischarge, LFMustTrip, LVMustTrip, LVMomCess, LVMayTrip,
    PowerMonitoringMustTrip, VoltVar, VoltWatt, WattPF, WattVar,
}

public enum GenericDeviceModelStatus
{
    Accepted, Rejected, NotSupported, EmptyResultSet,
}

public enum ChargingRateUnit
{
    W, A,
}

public enum OperationMode
{
    Idle, ChargingOnly, CentralSetpoint, ExternalSetpoint, ExternalLimits, CentralFrequency, LocalFrequency,
    LocalLoadBalancing,
}

public enum ChargingProfileKind
{
    Absolute, Recurring, Relative,
    [Since(Edition.V21)] Dynamic,
}

public enum RecurrencyKind
{
    Daily, Weekly,
}
