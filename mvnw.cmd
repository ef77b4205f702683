<# : batch portion
@REM ----------------------------------------------------------------------------
@REM Licensed to the Apache Software Foundation (ASF) under one
@REM or more contributor license agreements.  See the NOTICE file
@REM distributed with this work for additional information
@REM regarding copyright ownership.  The ASF licenses this file
@REM to you under the Apache License, Version 2.0 (the
@REM "License"); you may not use this file except in compliance
@REM with the License.  You may obtain a copy of the License at
@REM
@REM    http://www.apache.org/licenses/LICENSE-2.0
@REM
@REM Unless required by applicable law or agreed to in writing,
@REM software distributed under the License is distributed on an
@REM "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY
@REM KIND, either express or implied.  See the License for the
@REM specific language governing permissions and limitations
@REM under the License.
@REM ----------------------------------------------------------------------------

@REM ----------------------------------------------------------------------------
@REM Apache Maven Wrapper startup batch script, version 3.3.4
@REM
@REM Changed for Docrows: the distribution is not downloaded but taken from the zip
@REM beside maven-wrapper.properties, checked, and unpacked where wrappers unpack theirs.
@REM
@REM Optional ENV vars
@REM   MAVEN_USER_HOME - where to unpack to, default ~/.m2
@REM   MVNW_VERBOSE - true: enable verbose log; others: silence the output
@REM ----------------------------------------------------------------------------

@IF "%__MVNW_ARG0_NAME__%"=="" (SET __MVNW_ARG0_NAME__=%~nx0)
@SET __MVNW_CMD__=
@SET __MVNW_ERROR__=
@SET __MVNW_PSMODULEP_SAVE=%PSModulePath%
@SET PSModulePath=
@FOR /F "usebackq tokens=1* delims==" %%A IN (`powershell -noprofile "& {$scriptDir='%~dp0'; $script='%__MVNW_ARG0_NAME__%'; icm -ScriptBlock ([Scriptblock]::Create((Get-Content -Raw '%~f0'))) -NoNewScope}"`) DO @(
  IF "%%A"=="MVN_CMD" (set __MVNW_CMD__=%%B) ELSE IF "%%B"=="" (echo %%A) ELSE (echo %%A=%%B)
)
@SET PSModulePath=%__MVNW_PSMODULEP_SAVE%
@SET __MVNW_PSMODULEP_SAVE=
@SET __MVNW_ARG0_NAME__=
@IF NOT "%__MVNW_CMD__%"=="" ("%__MVNW_CMD__%" %*)
@echo Cannot start maven from wrapper >&2 && exit /b 1
@GOTO :EOF
: end batch / begin powershell #>

$ErrorActionPreference = "Stop"
if ($env:MVNW_VERBOSE -eq "true") {
  $VerbosePreference = "Continue"
}

# read distributionUrl and distributionSha256Sum, requires .mvn/wrapper/maven-wrapper.properties
$wrapperProperties = Get-Content -Raw "$scriptDir/.mvn/wrapper/maven-wrapper.properties" | ConvertFrom-StringData
$distributionUrl = $wrapperProperties.distributionUrl
$distributionSha256Sum = $wrapperProperties.distributionSha256Sum
if (!$distributionUrl -or !$distributionSha256Sum) {
  Write-Error "cannot read distributionUrl and distributionSha256Sum in $scriptDir/.mvn/wrapper/maven-wrapper.properties"
}
if ($distributionUrl -notmatch '^[^/\\]+-bin\.zip$') {
  Write-Error "distributionUrl must name a file *-bin.zip in $scriptDir/.mvn/wrapper, but found $distributionUrl"
}

# calculate MAVEN_HOME
# maven home pattern: ~/.m2/wrapper/dists/apache-maven-<version>/<hash>
$MVN_CMD = $script -replace '^mvnw','mvn'
$distributionZip = "$scriptDir/.mvn/wrapper/$distributionUrl"
$distributionName = $distributionUrl -replace '-bin\.zip$',''

$MAVEN_M2_PATH = "$HOME/.m2"
if ($env:MAVEN_USER_HOME) {
  $MAVEN_M2_PATH = "$env:MAVEN_USER_HOME"
}

if (-not (Test-Path -Path $MAVEN_M2_PATH)) {
    New-Item -Path $MAVEN_M2_PATH -ItemType Directory | Out-Null
}

$MAVEN_WRAPPER_DISTS = $null
if ((Get-Item $MAVEN_M2_PATH).Target[0] -eq $null) {
  $MAVEN_WRAPPER_DISTS = "$MAVEN_M2_PATH/wrapper/dists"
} else {
  $MAVEN_WRAPPER_DISTS = (Get-Item $MAVEN_M2_PATH).Target[0] + "/wrapper/dists"
}

$MAVEN_HOME_PARENT = "$MAVEN_WRAPPER_DISTS/$distributionName"
$MAVEN_HOME_NAME = $distributionSha256Sum
$MAVEN_HOME = "$MAVEN_HOME_PARENT/$MAVEN_HOME_NAME"

if (Test-Path -Path "$MAVEN_HOME" -PathType Container) {
  Write-Verbose "found existing MAVEN_HOME at $MAVEN_HOME"
  Write-Output "MVN_CMD=$MAVEN_HOME/bin/$MVN_CMD"
  exit $?
}

if (-not (Test-Path -Path $distributionZip -PathType Leaf)) {
  Write-Error "cannot find the Maven distribution $distributionZip"
}

# validate the SHA-256 sum of the Maven distribution zip file
Import-Module $PSHOME\Modules\Microsoft.PowerShell.Utility -Function Get-FileHash
if ((Get-FileHash $distributionZip -Algorithm SHA256).Hash.ToLower() -ne $distributionSha256Sum) {
  Write-Error "Error: Failed to validate Maven distribution SHA-256, your Maven distribution might be compromised. If you updated your Maven version, you need to update the specified distributionSha256Sum property."
}

# prepare tmp dir, on the drive of MAVEN_HOME: moving it there is then one step, which no second wrapper sees half done
New-Item -Itemtype Directory -Path "$MAVEN_HOME_PARENT" -Force | Out-Null
$TMP_UNPACK_DIR = New-Item -Itemtype Directory -Path "$MAVEN_HOME_PARENT/.unpack.$([Guid]::NewGuid())"
trap {
  if ($TMP_UNPACK_DIR.Exists) {
    try { Remove-Item $TMP_UNPACK_DIR -Recurse -Force | Out-Null }
    catch { Write-Warning "Cannot remove $TMP_UNPACK_DIR" }
  }
}

# unzip and move
Write-Verbose "Couldn't find MAVEN_HOME, unpacking $distributionZip ..."
Expand-Archive $distributionZip -DestinationPath "$TMP_UNPACK_DIR" | Out-Null
if (-not (Test-Path -Path "$TMP_UNPACK_DIR/$distributionName/bin/$MVN_CMD" -PathType Leaf)) {
  Write-Error "Could not find $distributionName/bin/$MVN_CMD in $distributionZip"
}
Rename-Item -Path "$TMP_UNPACK_DIR/$distributionName" -NewName $MAVEN_HOME_NAME | Out-Null
try {
  Move-Item -Path "$TMP_UNPACK_DIR/$MAVEN_HOME_NAME" -Destination $MAVEN_HOME_PARENT | Out-Null
} catch {
  if (! (Test-Path -Path "$MAVEN_HOME" -PathType Container)) {
    Write-Error "fail to move MAVEN_HOME"
  }
} finally {
  try { Remove-Item $TMP_UNPACK_DIR -Recurse -Force | Out-Null }
  catch { Write-Warning "Cannot remove $TMP_UNPACK_DIR" }
}

Write-Output "MVN_CMD=$MAVEN_HOME/bin/$MVN_CMD"
